using System.Buffers;

namespace MemU.Vectors;

/// <summary>What is about to be appended to a journal. Frames are made where they are written from, so that a vector is copied once. Not thread-safe.</summary>
/// <param name="position">Where it will stand in the file.</param>
internal sealed class JournalBytes(long position) : IDisposable
{
    private byte[] bytes = [];
    private int length;

    /// <summary>Where the next byte will stand in the file.</summary>
    public long Position => position + length;

    /// <summary>How many there are.</summary>
    public int Length => length;

    public Span<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Makes room, once, for so many bytes.</summary>
    public void Reserve(int count)
    {
        var least = checked(length + count);
        if (least > bytes.Length)
        {
            var longer = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(least, bytes.Length * 2L)));
            Written.CopyTo(longer);
            Dispose();
            bytes = longer;
        }
    }

    /// <summary>The next bytes, to be written by the caller.</summary>
    public Span<byte> Take(int count)
    {
        Reserve(count);
        length += count;
        return bytes.AsSpan(length - count, count);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
        }
    }
}
