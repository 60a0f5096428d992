using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>Reads a vector file, and finds the line of what is wrong with it.</summary>
internal static class VectorFileScan
{
    private const int PieceSize = 1 << 20;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="VectorFileDamage">The file is damaged.</exception>
    public static async Task<SnapshotStructure> ReadAsync(SafeFileHandle file, IVectorFileSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await new VectorFileReading(file, sink).RunAsync(cancellationToken);
        }
        catch (VectorFileDamage)
        {
            // Once more, slowly, to say where it is.
            await ReadAsync(file, new VectorFileParser(new UniqueIds()), cancellationToken);
            throw;
        }
    }

    private static async Task<SnapshotStructure> ReadAsync(SafeFileHandle file, VectorFileParser parser, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            var (filled, offset) = (0, 0L);
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(filled), offset, cancellationToken);
                filled += read;
                offset += read;
                var used = parser.Read(buffer.AsSpan(0, filled), isLast: read == 0);
                if (read == 0)
                {
                    return parser.Structure;
                }

                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                if (filled == buffer.Length)
                {
                    // One text is longer than the buffer.
                    var longer = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                    buffer.AsSpan(0, filled).CopyTo(longer);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = longer;
                }
            }
        }
        catch (VectorFileDamage e) when (e.Line is null)
        {
            var (line, inLine) = LineOf(file, e.Offset);
            throw new VectorFileDamage(e.Message, inLine, line);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (long Line, long Offset) LineOf(SafeFileHandle file, long offset)
    {
        var (line, lineStart) = (1L, 0L);
        var piece = new byte[PieceSize];
        for (var at = 0L; at < offset;)
        {
            var span = piece.AsSpan(0, (int)Math.Min(piece.Length, offset - at));
            var read = RandomAccess.Read(file, span, at);
            if (read == 0)
            {
                break;
            }

            span = span[..read];
            line += span.Count((byte)'\n');
            lineStart = span.LastIndexOf((byte)'\n') is var last and >= 0 ? at + last + 1 : lineStart;
            at += read;
        }

        return (line, offset - lineStart);
    }
}
