using MemU.Resources;

namespace MemU.Documents;

/// <summary>
/// Looks at how deep a page is nested before it is parsed: the work of a parser grows with the square of the depth, and whoever walks the tree needs a stack
/// that is as deep.
/// </summary>
internal static class HtmlNesting
{
    public const int MostDepth = 1000;

    // Elements that have no end, or that the next one ends.
    private static readonly HashSet<string> Endless = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot",
        "option", "optgroup", "colgroup", "rp", "rt",
    };

    /// <exception cref="ResourceException">It is nested too deeply.</exception>
    public static void Check(string html, string fileName)
    {
        var depth = 0;
        for (var i = html.IndexOf('<'); i >= 0 && i + 1 < html.Length; i = html.IndexOf('<', i + 1))
        {
            var ends = html[i + 1] == '/';
            var start = ends ? i + 2 : i + 1;
            var end = start;
            while (end < html.Length && char.IsAsciiLetterOrDigit(html[end]))
            {
                end++;
            }

            if (end == start || Endless.GetAlternateLookup<ReadOnlySpan<char>>().Contains(html.AsSpan(start, end - start)))
            {
                continue;
            }

            depth = ends ? Math.Max(0, depth - 1) : depth + 1;
            if (depth > MostDepth)
            {
                throw new ResourceException($"'{fileName}' is refused: its elements are nested more than {MostDepth} levels deep. Save its text as a plain file.")
                {
                    ResourceUrl = fileName,
                };
            }
        }
    }
}
