using System.Runtime.CompilerServices;

namespace MemU.Maintenance;

/// <summary>Reads a stream line by line without keeping more than the current line. Line ends are LF or CR LF; a byte order mark is skipped.</summary>
internal static class Utf8LineReader
{
    private const int MaxLine = 512 << 20;

    /// <summary>The lines without their ends; each is valid until the next is asked for.</summary>
    /// <exception cref="MemUException">A line is longer than 512 MiB.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[256 * 1024];
        int start = 0, end = 0, searched = 0;
        var isFirst = true;
        while (true)
        {
            var newline = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var lineEnd = searched + newline;
                yield return Trim(buffer.AsMemory(start, lineEnd - start), ref isFirst);
                start = searched = lineEnd + 1;
                continue;
            }

            searched = end;
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (end, searched, start) = (end - start, searched - start, 0);
            }

            if (end == buffer.Length)
            {
                if (buffer.Length >= MaxLine)
                {
                    throw new MemUException($"A line of the export is longer than {MaxLine >> 20} MiB. This is no export of MemU.");
                }

                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (read == 0)
            {
                if (end > start)
                {
                    yield return Trim(buffer.AsMemory(start, end - start), ref isFirst);
                }

                yield break;
            }

            end += read;
        }
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line, ref bool isFirst)
    {
        if (isFirst && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        isFirst = false;
        return line.Span.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
