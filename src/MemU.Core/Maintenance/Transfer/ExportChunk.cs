using MemU.Files;

namespace MemU.Maintenance;

/// <summary>Whole lines of an export that follow each other. The same bytes give the same chunks each time they are read.</summary>
/// <param name="Number">From 0.</param>
/// <param name="FirstLine">The number of its first line, from 1.</param>
/// <param name="Bytes">The lines with their ends, LF or CR LF; valid while the chunk is worked on.</param>
internal sealed record ExportChunk(int Number, long FirstLine, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Tells whether it is what it was when it was read before.</summary>
    public uint Checksum => Crc32C.Of(Bytes.Span);

    /// <summary>Its lines that are not blank, without their ends. A byte order mark is skipped.</summary>
    public IEnumerable<(long Number, ReadOnlyMemory<byte> Json)> Lines()
    {
        var rest = Number == 0 && Bytes.Span.StartsWith("\uFEFF"u8) ? Bytes[3..] : Bytes;
        for (var number = FirstLine; !rest.IsEmpty; number++)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            line = line.Span.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.Span.ContainsAnyExcept(" \t"u8))
            {
                yield return (number, line);
            }
        }
    }
}
