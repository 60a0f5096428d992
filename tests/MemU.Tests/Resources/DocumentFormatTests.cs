using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using MemU.Documents;
using MemU.Resources;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Fonts.Standard14Fonts;
using UglyToad.PdfPig.Writer;

namespace MemU.Tests.Resources;

using Text = DocumentFormat.OpenXml.Wordprocessing.Text;

public sealed class DocumentFormatTests
{
    [Fact]
    public async Task The_words_of_a_pdf_are_read()
    {
        var builder = new PdfDocumentBuilder();
        var page = builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
        page.AddText("The comet was seen in Bergen", 12, new PdfPoint(50, 700), builder.AddStandard14Font(Standard14Font.Helvetica));
        var text = await new PdfFormat().ReadAsync(builder.Build(), "a.pdf", null, CancellationToken.None);
        Assert.Equal("The comet was seen in Bergen", text);
    }

    [Fact]
    public async Task A_pdf_without_text_is_refused_by_name()
    {
        var builder = new PdfDocumentBuilder();
        builder.AddPage(UglyToad.PdfPig.Content.PageSize.A4);
        var error = await Assert.ThrowsAsync<ResourceException>(() => new PdfFormat().ReadAsync(builder.Build(), "scan.pdf", null, CancellationToken.None));
        Assert.Contains("scan.pdf", error.Message);
    }

    [Fact]
    public async Task The_paragraphs_of_a_word_file_are_read()
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            word.AddMainDocumentPart().Document = new Document(new Body(
                new Paragraph(new Run(new Text("First paragraph"))), new Paragraph(new Run(new Text("Zweiter Absatz")))));
        }

        var text = await new WordFormat().ReadAsync(stream.ToArray(), "a.docx", null, CancellationToken.None);
        Assert.Equal("First paragraph\n\nZweiter Absatz", text);
    }

    [Theory]
    [InlineData("a.pdf")]
    [InlineData("a.docx")]
    public async Task A_file_that_only_has_the_name_of_its_format_is_an_error(string name)
    {
        SourceFormat[] formats = [new PdfFormat(), new WordFormat()];
        await Assert.ThrowsAsync<ResourceException>(() =>
            formats.Single(f => f.Accepts(name, null)).ReadAsync(Encoding.UTF8.GetBytes("just text, not a document"), name, null, CancellationToken.None));
    }
}
