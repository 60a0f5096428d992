using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using MemU.Resources;

namespace MemU.Documents;

/// <summary>Web pages: the words that a reader sees, a paragraph a block, without scripts, navigation and forms.</summary>
internal sealed class HtmlFormat : SourceFormat
{
    private static readonly HashSet<string> Unread = new(StringComparer.OrdinalIgnoreCase)
    {
        "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "NAV", "FORM", "BUTTON", "SELECT", "SVG", "IFRAME", "HEAD",
    };

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "P", "DIV", "SECTION", "ARTICLE", "MAIN", "ASIDE", "HEADER", "FOOTER", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "DL", "DT", "DD",
        "TABLE", "TR", "PRE", "BLOCKQUOTE", "FIGURE", "FIGCAPTION", "HR", "ADDRESS", "DETAILS", "SUMMARY",
    };

    public override bool Accepts(string fileName, string? mediaType) =>
        mediaType is "text/html" or "application/xhtml+xml"
        || mediaType is null or "application/octet-stream" && Path.GetExtension(fileName).ToLowerInvariant() is ".html" or ".htm" or ".xhtml";

    public override async Task<string> ReadAsync(ReadOnlyMemory<byte> content, string fileName, string? charset, CancellationToken cancellationToken)
    {
        var html = TextDecoder.Decode(content.Span, charset, fileName);
        HtmlNesting.Check(html, fileName);
        using var document = await new HtmlParser().ParseDocumentAsync(html, cancellationToken);
        var text = new StringBuilder();
        if (document.Title is { Length: > 0 } title)
        {
            text.Append(title.Trim()).Append("\n\n");
        }

        Append(text, document.Body ?? document.DocumentElement);
        return text.ToString().Trim();
    }

    private static void Append(StringBuilder text, INode node)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText words:
                    AppendWords(text, words.Data);
                    break;
                case IElement element when !Unread.Contains(element.TagName):
                    var isBlock = Blocks.Contains(element.TagName);
                    if (isBlock)
                    {
                        Break(text, "\n\n");
                    }
                    else if (element.TagName is "BR" or "LI")
                    {
                        Break(text, "\n");
                    }

                    Append(text, element);
                    if (isBlock)
                    {
                        Break(text, "\n\n");
                    }
                    else if (element.TagName is "TD" or "TH")
                    {
                        AppendWords(text, " ");
                    }

                    break;
            }
        }
    }

    private static void AppendWords(StringBuilder text, string words)
    {
        foreach (var c in words)
        {
            if (!char.IsWhiteSpace(c))
            {
                text.Append(c);
            }
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1]))
            {
                text.Append(' ');
            }
        }
    }

    private static void Break(StringBuilder text, string with)
    {
        var end = text.Length;
        while (end > 0 && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        var breaks = text.ToString(end, text.Length - end).Count(c => c == '\n');
        text.Length = end;
        if (end > 0)
        {
            text.Append('\n', Math.Max(breaks, with.Length));
        }
    }
}
