using System.Text;
using MemU.Maintenance;

namespace MemU.Tests.Maintenance;

/// <summary>Exports are read in chunks of whole lines: however the lines fall, each comes once, by its number.</summary>
public sealed class ExportChunksTests
{
    private const int Megabyte = 1 << 20;

    public static TheoryData<string, int[]> Files => new()
    {
        { "\n", [.. Enumerable.Range(0, 20_000).Select(i => i % 97)] },
        { "\r\n", [.. Enumerable.Range(0, 3_000).Select(i => i * 31 % 5_000)] },
        { "\n", [10, 3 * Megabyte, 0, Megabyte, 5, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, 700_000, 700_000, 700_000, 7] },
        { "\n", [] },
        { "\n", [0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_line_comes_once_in_its_order_by_its_number(string end, int[] lengths)
    {
        string[] lines = [.. lengths.Select((length, i) => new string((char)('a' + (i % 26)), length))];
        foreach (var closing in new[] { "", end })
        {
            var file = Encoding.UTF8.GetBytes(string.Join(end, lines) + closing);

            var found = await ReadAsync(new MemoryStream(file));

            Assert.Equal(lines.Select((text, i) => (i + 1L, text)).Where(l => l.text.Length > 0), found.SelectMany(c => c.Lines));
        }
    }

    [Fact]
    public async Task A_stream_that_gives_little_at_once_has_the_same_chunks()
    {
        var file = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 20_000).Select(i => new string('x', i % 97))));

        var whole = await ReadAsync(new MemoryStream(file));
        var piecemeal = await ReadAsync(new TricklingStream(file));

        Assert.True(whole.Count > 3);
        Assert.Equal(whole.Select(c => c.Checksum), piecemeal.Select(c => c.Checksum));
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_first_line()
    {
        var found = await ReadAsync(new MemoryStream([0xEF, 0xBB, 0xBF, .. "a\nb"u8]));

        Assert.Equal([(1, "a"), (2, "b")], found.Single().Lines);
    }

    [Fact]
    public async Task What_the_work_throws_comes_up_behind_what_came_before_it_and_nothing_is_read_any_more()
    {
        var stream = new ChangingStream(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(new string('x', 1000), 5_000))), () => { });
        List<int> came = [];

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var number in ExportChunks.WorkAsync(stream, c => c.Number < 2 ? c.Number : throw new InvalidOperationException(), default))
            {
                came.Add(number);
            }
        });
        var reads = stream.Reads;
        stream.Dispose();

        Assert.Equal([0, 1], came);
        Assert.Equal(reads, stream.Reads);
        Assert.False(stream.WasReadAfterDispose);
    }

    [Fact]
    public async Task What_stands_before_a_place_that_cannot_be_read_comes_before_that_is_told_of()
    {
        var content = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(new string('x', 1000), 1_000)));
        var all = (await ReadAsync(new MemoryStream(content))).Count;
        List<int> came = [];

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var number in ExportChunks.WorkAsync(new BrokenStream(content), c => c.Number, default))
            {
                came.Add(number);
            }
        });

        // All but the last, which is not whole.
        Assert.Equal(Enumerable.Range(0, all - 1), came);
    }

    private static async Task<List<(uint Checksum, List<(long, string)> Lines)>> ReadAsync(Stream stream) =>
        await ExportChunks.WorkAsync(stream, c => (c.Checksum, c.Lines().Select(l => (l.Number, Encoding.UTF8.GetString(l.Json.Span))).ToList()), default).ToListAsync();

    /// <summary>Cannot be read to its end.</summary>
    private sealed class BrokenStream(byte[] content) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new IOException("It is broken.");
    }

    /// <summary>Gives another number of bytes each time, few.</summary>
    private sealed class TricklingStream(byte[] content) : MemoryStream(content)
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1 + (reads++ * 7919 % 9001))], cancellationToken);
    }
}
