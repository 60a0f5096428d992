using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MemU.Resources;

namespace MemU.Documents;

/// <summary>Word files (.docx): the text of the body, a paragraph a block.</summary>
internal sealed class WordFormat : SourceFormat
{
    public override bool Accepts(string fileName, string? mediaType) =>
        mediaType == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        || Path.GetExtension(fileName).Equals(".docx", StringComparison.OrdinalIgnoreCase);

    public override Task<string> ReadAsync(ReadOnlyMemory<byte> content, string fileName, string? charset, CancellationToken cancellationToken)
    {
        try
        {
            OfficePackage.Check(content, fileName, cancellationToken);
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            using var word = WordprocessingDocument.Open(stream, isEditable: false);
            var body = word.MainDocumentPart?.Document?.Body;
            var paragraphs = body?.Descendants<Paragraph>().Select(p => p.InnerText.Trim()).Where(t => t.Length > 0) ?? [];
            return Task.FromResult(string.Join("\n\n", paragraphs));
        }
        catch (Exception e) when (e is OpenXmlPackageException or FileFormatException or InvalidDataException)
        {
            throw new ResourceException($"'{fileName}' cannot be read as a Word file: {e.Message} Save it anew as .docx.", e) { ResourceUrl = fileName };
        }
    }
}
