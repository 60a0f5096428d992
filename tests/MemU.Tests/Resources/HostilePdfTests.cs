using System.IO.Compression;
using System.Text;
using MemU.Documents;
using MemU.Resources;

namespace MemU.Tests.Resources;

/// <summary>Small PDF files that would unpack to more than there is memory.</summary>
public sealed class HostilePdfTests
{
    private const string Text = "BT /F1 12 Tf 50 700 Td (The comet was seen in Bergen) Tj ET\n";

    [Fact]
    public async Task What_is_packed_well_is_read()
    {
        Assert.Equal("The comet was seen in Bergen", await ReadAsync(Pdf("/Filter /FlateDecode", Pack(Text))));
        Assert.Equal("The comet was seen in Bergen", await ReadAsync(Pdf("/Filter [/FlateDecode /FlateDecode]", Pack(Pack(Text)))));
        Assert.Equal("The comet was seen in Bergen", await ReadAsync(Pdf("/Filter /ASCIIHexDecode", Encoding.ASCII.GetBytes(Convert.ToHexString(Encoding.ASCII.GetBytes(Text)) + ">"))));
        Assert.Equal("The comet was seen in Bergen", await ReadAsync(Pdf("", Encoding.ASCII.GetBytes(Text))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_page_that_unpacks_to_gigabytes_is_refused(int times)
    {
        var bomb = Repeated((byte)' ', 3L << 30);
        for (var i = 1; i < times; i++)
        {
            bomb = Pack(bomb);
        }

        var pdf = Pdf($"/Filter [{string.Concat(Enumerable.Repeat("/FlateDecode ", times))}]", bomb);
        Assert.True(pdf.Length < 8 << 20);

        await IsRefusedAsync(pdf);
    }

    [Fact]
    public async Task Runs_that_unpack_to_too_much_are_refused()
    {
        // Two bytes are 128: this alone is 64 times the file. Twice makes the bomb.
        var runs = Enumerable.Range(0, 1 << 17).SelectMany(_ => new byte[] { 129, (byte)' ' }).ToArray();
        await IsRefusedAsync(Pdf("/Filter [/FlateDecode /RunLengthDecode]", Pack(runs)));
    }

    [Fact]
    public async Task Strings_that_grow_with_every_code_are_refused()
    {
        await IsRefusedAsync(Pdf("/Filter [/FlateDecode /LZWDecode]", Pack(LzwOfSpaces(40_000))));
    }

    [Fact]
    public async Task A_predictor_that_wants_a_row_of_gigabytes_is_refused()
    {
        await IsRefusedAsync(Pdf("/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 4 /BitsPerComponent 16 >>", Pack(Text)));
    }

    [Fact]
    public async Task Many_pages_that_share_one_great_stream_are_refused()
    {
        await IsRefusedAsync(Pdf("/Filter /FlateDecode", Repeated((byte)' ', PdfBudget.MostBytesOfDrawing - 1), pages: 40));
    }

    private static async Task IsRefusedAsync(byte[] pdf)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = await Assert.ThrowsAsync<ResourceException>(() => ReadAsync(pdf));

        Assert.Contains("unpack", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 * PdfBudget.MostBytes);
    }

    private static Task<string> ReadAsync(byte[] pdf) => new PdfFormat().ReadAsync(pdf, "bomb.pdf", null, CancellationToken.None);

    private static byte[] Pdf(string filter, byte[] content, int pages = 1)
    {
        using var file = new MemoryStream();
        List<long> places = [];
        Write("%PDF-1.7\n");
        Object("<< /Type /Catalog /Pages 2 0 R >>");
        Object($"<< /Type /Pages /Kids [{string.Concat(Enumerable.Range(0, pages).Select(i => $"{5 + i} 0 R "))}] /Count {pages} >>");
        Object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        places.Add(file.Position);
        Write($"4 0 obj\n<< /Length {content.Length} {filter} >>\nstream\n");
        file.Write(content);
        Write("\nendstream\nendobj\n");
        for (var i = 0; i < pages; i++)
        {
            Object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
        }

        var table = file.Position;
        Write($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n{string.Concat(places.Select(p => $"{p:D10} 00000 n \n"))}");
        Write($"trailer\n<< /Size {places.Count + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return file.ToArray();

        void Write(string text) => file.Write(Encoding.ASCII.GetBytes(text));

        void Object(string text)
        {
            places.Add(file.Position);
            Write($"{places.Count} 0 obj\n{text}\nendobj\n");
        }
    }

    private static byte[] Pack(string text) => Pack(Encoding.ASCII.GetBytes(text));

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static byte[] Repeated(byte value, long times)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var chunk = new byte[1 << 20];
            Array.Fill(chunk, value);
            for (var left = times; left > 0; left -= chunk.Length)
            {
                stream.Write(chunk, 0, (int)Math.Min(left, chunk.Length));
            }
        }

        return packed.ToArray();
    }

    /// <summary>Each code is the string that is just being made: one space longer than the one before.</summary>
    private static byte[] LzwOfSpaces(int codes)
    {
        var bits = new List<bool>();
        var (width, next) = (9, 258);
        Add(' ');
        for (var i = 1; i < codes; i++)
        {
            if (next == 4095)
            {
                Add(256);
                (width, next) = (9, 258);
                Add(' ');
                continue;
            }

            Add(next++);
            width = next + 1 >= 2048 ? 12 : next + 1 >= 1024 ? 11 : next + 1 >= 512 ? 10 : 9;
        }

        Add(257);
        return [.. bits.Chunk(8).Select(b => (byte)b.Select((bit, i) => bit ? 128 >> i : 0).Sum())];

        void Add(int code) => bits.AddRange(Enumerable.Range(0, width).Select(i => ((code >> (width - 1 - i)) & 1) == 1));
    }
}
