using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// Keeps the vectors of a snapshot in the order of reading until they are put in order: the first ones in memory, the rest in a temporary file. Not thread-safe.
/// </summary>
/// <param name="file">The file; null to use memory only.</param>
internal sealed class RowSpool(SafeFileHandle? file)
{
    private const int FirstChunk = 1 << 14;
    private const int ChunkSize = 1 << 20;
    private const int MostChunks = 64;
    private readonly List<byte[]> chunks = [];
    private byte[] pending = [];
    private long written;
    private int filled;
    private int chunkFilled;

    /// <summary>Adds a vector and returns its place.</summary>
    public long Add(MemoryScope? scope, ReadOnlySpan<float> vector)
    {
        var length = EntryBytes.VectorLength(vector.Length);
        if (InMemory(length) is { } place)
        {
            EntryBytes.PutVector(scope, vector, chunks[place.Chunk].AsSpan(place.At, length));
            return ~(((long)place.Chunk << 32) | (uint)place.At);
        }

        if (filled + length > pending.Length)
        {
            Flush();
            pending = pending.Length == 0 ? new byte[ChunkSize] : pending;
        }

        var position = written + filled;
        if (length > pending.Length)
        {
            var bytes = new byte[length];
            EntryBytes.PutVector(scope, vector, bytes);
            RandomAccess.Write(file!, bytes, written);
            written += length;
            return position;
        }

        EntryBytes.PutVector(scope, vector, pending.AsSpan(filled, length));
        filled += length;
        return position;
    }

    /// <summary>Writes what is not in the file yet. After that it can be read.</summary>
    public void Flush()
    {
        if (file is not null && filled > 0)
        {
            RandomAccess.Write(file, pending.AsSpan(0, filled), written);
            written += filled;
            filled = 0;
        }
    }

    /// <summary>Reads the vector at a place.</summary>
    public ReadOnlySpan<byte> Read(long position, byte[] buffer, int length)
    {
        if (position < 0)
        {
            return chunks[(int)(~position >> 32)].AsSpan((int)(uint)~position, length);
        }

        FileBytes.ReadExactly(file!, buffer.AsSpan(0, length), position);
        return buffer.AsSpan(0, length);
    }

    /// <summary>Room in memory; null when the rest goes into the file.</summary>
    private (int Chunk, int At)? InMemory(int length)
    {
        if (chunks.Count == 0 || chunks[^1].Length - chunkFilled < length)
        {
            if (file is not null && (chunks.Count == MostChunks || length > ChunkSize))
            {
                return null;
            }

            chunks.Add(GC.AllocateUninitializedArray<byte>(Math.Max(chunks.Count == 0 ? FirstChunk : ChunkSize, length)));
            chunkFilled = 0;
        }

        chunkFilled += length;
        return (chunks.Count - 1, chunkFilled - length);
    }
}
