using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>Keeps the vectors of a snapshot in the order of reading until they are put in order: in a temporary file, or in memory. Not thread-safe.</summary>
/// <param name="file">The file; null to use memory.</param>
internal sealed class RowSpool(SafeFileHandle? file)
{
    private readonly List<byte[]> memory = [];
    private readonly byte[] pending = new byte[1 << 20];
    private long written;
    private int filled;

    /// <summary>Adds a vector and returns its place.</summary>
    public long Add(MemoryScope? scope, ReadOnlySpan<float> vector)
    {
        var length = EntryBytes.VectorLength(vector.Length);
        if (file is null)
        {
            var bytes = new byte[length];
            EntryBytes.PutVector(scope, vector, bytes);
            memory.Add(bytes);
            return memory.Count - 1;
        }

        if (filled + length > pending.Length)
        {
            Flush();
        }

        var position = written + filled;
        if (length > pending.Length)
        {
            var bytes = new byte[length];
            EntryBytes.PutVector(scope, vector, bytes);
            RandomAccess.Write(file, bytes, written);
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
        if (file is null)
        {
            return memory[(int)position];
        }

        FileBytes.ReadExactly(file, buffer.AsSpan(0, length), position);
        return buffer.AsSpan(0, length);
    }
}
