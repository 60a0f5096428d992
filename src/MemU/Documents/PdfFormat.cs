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
        try
        {
            using var pdf = PdfDocument.Open(content.ToArray());
            List<string> pages = [];
            foreach (var page in pdf.GetPages())
            {
                cancellationToken.ThrowIfCancellationRequested();
                pages.Add(ContentOrderTextExtractor.GetText(page, addDoubleNewline: true).Replace("\0", "", StringComparison.Ordinal).Trim());
            }

            var text = string.Join("\n\n", pages.Where(p => p.Length > 0));
            return text.Length > 0 ? Task.FromResult(text) : throw new ResourceException(
                $"'{fileName}' holds no text: its pages may be pictures. Run text recognition over it first.") { ResourceUrl = fileName };
        }
        catch (Exception e) when (e is PdfDocumentFormatException or UglyToad.PdfPig.Exceptions.PdfDocumentEncryptedException)
        {
            throw new ResourceException($"'{fileName}' cannot be read as PDF: {e.Message} Save it anew without a password.", e) { ResourceUrl = fileName };
        }
    }
}
