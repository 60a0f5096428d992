using System.IO.Compression;
using System.Text;
using MemU.Documents;
using MemU.Resources;

namespace MemU.Tests.Resources;

public sealed class HostileDocumentTests
{
    [Theory]
    [InlineData("<div>")]
    [InlineData("<b>")]
    [InlineData("<p><div>")]
    [InlineData("<x-y a='>'>")]
    public async Task A_page_nested_without_end_is_refused_before_it_is_parsed(string tag)
    {
        var page = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(tag, 1_000_000)));

        var refusal = await Assert.ThrowsAsync<ResourceException>(() => new HtmlFormat().ReadAsync(page, "deep.html", null, CancellationToken.None));

        Assert.Contains("nested", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_flat_page_is_read()
    {
        var page = Encoding.UTF8.GetBytes("<ul>" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"<li>Row {i}<br><img src=x>")) + "</ul>" + string.Concat(Enumerable.Repeat("<div>a</div>", 5000)));

        Assert.Contains("Row 4999", await new HtmlFormat().ReadAsync(page, "long.html", null, CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_file_nested_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<w:p>", 200_000));
        var refusal = await Assert.ThrowsAsync<ResourceException>(() => ReadWordAsync($"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{deep}", 1));

        Assert.Contains("nested", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_file_that_unpacks_to_too_much_is_refused()
    {
        var refusal = await Assert.ThrowsAsync<ResourceException>(() => ReadWordAsync(new string(' ', 1 << 20), (int)(OfficePackage.MostBytes >> 20) + 1));

        Assert.Contains("unpacks", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task ReadWordAsync(string chunk, int times)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var part = archive.CreateEntry("word/document.xml", CompressionLevel.Fastest).Open();
            var bytes = Encoding.UTF8.GetBytes(chunk);
            for (var i = 0; i < times; i++)
            {
                await part.WriteAsync(bytes);
            }
        }

        await new WordFormat().ReadAsync(memory.ToArray(), "bomb.docx", null, CancellationToken.None);
    }
}
