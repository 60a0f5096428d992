using System.Runtime.InteropServices;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>Writes the bytes of an index file, and the checksum of each block of them. Not thread-safe.</summary>
internal sealed class SidecarBlocks(Stream output)
{
    /// <summary>How many bytes share a checksum: little enough to read one for a single entry, enough to keep the checksums few.</summary>
    public const int Size = 1 << 14;

    private readonly byte[] block = new byte[Size];
    private readonly List<uint> checksums = [];
    private int filled;

    /// <summary>Where the next byte will stand.</summary>
    public long Position => ((long)checksums.Count * Size) + filled;

    /// <summary>Writes bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var part = Math.Min(bytes.Length, Size - filled);
            bytes[..part].CopyTo(block.AsSpan(filled));
            filled += part;
            bytes = bytes[part..];
            if (filled == Size)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes values as they are in memory.</summary>
    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        // In pieces: the bytes of many values may be more than a span can hold.
        while (values.Length > 0)
        {
            var piece = Math.Min(Size, values.Length);
            Write(MemoryMarshal.AsBytes(values[..piece]));
            values = values[piece..];
        }
    }

    /// <summary>Writes the checksums after the bytes.</summary>
    /// <returns>The length of what they cover, and their own checksum.</returns>
    public (long Length, uint Checksum) Finish()
    {
        var length = Position;
        if (filled > 0)
        {
            Flush();
        }

        var bytes = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(checksums));
        output.Write(bytes);
        return (length, Crc32C.Of(bytes));
    }

    private void Flush()
    {
        checksums.Add(Crc32C.Of(block.AsSpan(0, filled)));
        output.Write(block.AsSpan(0, filled));
        filled = 0;
    }
}
