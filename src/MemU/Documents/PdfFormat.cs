using MemU.Resources;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace MemU.Documents;

/// <summary>PDF files: the text of their pages in reading order. A file that holds pictures of text only has none.</summary>
internal sealed class PdfFormat : SourceFormat
{
    public override bool Accepts(string fileName, string? mediaType) =>
        mediaType == "application/pdf" || Path.GetExtension(fileName).Equals(".pdf", StringComparison.OrdinalIgnoreCase);

    public override Task<string> ReadAsync(ReadOnlyMemory<byte> content, string fileName, string? charset, CancellationToken cancellationToken)
    {
        var budget = new PdfBudget();
        try
        {
            using var pdf = PdfDocument.Open(content.ToArray(), new ParsingOptions { FilterProvider = budget });
            List<string> pages = [];
            foreach (var page in pdf.GetPages())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Check(budget, fileName);
                pages.Add(ContentOrderTextExtractor.GetText(page, addDoubleNewline: true).Replace("\0", "", StringComparison.Ordinal).Trim());
            }

            Check(budget, fileName);

            var text = string.Join("\n\n", pages.Where(p => p.Length > 0));
            return text.Length > 0 ? Task.FromResult(text) : throw new ResourceException(
                $"'{fileName}' holds no text: its pages may be pictures. Run text recognition over it first.") { ResourceUrl = fileName };
        }
        catch (Exception e) when (budget.Excess is not null && e is not ResourceException)
        {
            throw Refused(budget, fileName, e);
        }
        catch (Exception e) when (e is PdfDocumentFormatException or UglyToad.PdfPig.Exceptions.PdfDocumentEncryptedException)
        {
            throw new ResourceException($"'{fileName}' cannot be read as PDF: {e.Message} Save it anew without a password.", e) { ResourceUrl = fileName };
        }
    }

    // What was cut off may look like a file that holds nothing, or like a damaged one: it must be said what it was.
    private static void Check(PdfBudget budget, string fileName)
    {
        if (budget.Excess is not null)
        {
            throw Refused(budget, fileName, null);
        }
    }

    private static ResourceException Refused(PdfBudget budget, string fileName, Exception? inner) =>
        new($"'{fileName}' is refused: {budget.Excess}. Save its text as a plain file.", inner) { ResourceUrl = fileName };
}
