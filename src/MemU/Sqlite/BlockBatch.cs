using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemU.Sql;
using MemU.Vectors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>
/// Some rows of <c>vector_blocks</c>, copied out of SQLite's memory so that they can be taken in while the next are read. Its own memory is given back to the system
/// at once: what a collector keeps would stand beside the vectors for good. Not thread-safe.
/// </summary>
internal sealed class BlockBatch : IDisposable
{
    // As much as a processor keeps near: what is written here is read from there.
    private const int Bytes = 512 * 1024;

    private readonly List<(string? Model, int Dimension, int Ids, int Vectors)> rows = [];
    private readonly List<VectorId> ids = [];
    private byte[] opened = [];
    private nint room;
    private int capacity;
    private int length;

    /// <summary>Reads rows until there are enough; false when there are no more.</summary>
    public async Task<bool> FillAsync(SqliteDataReader reader, CancellationToken cancellationToken)
    {
        length = 0;
        rows.Clear();
        while (length < Bytes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await reader.ReadAsync(cancellationToken))
            {
                return false;
            }

            Copy(reader);
        }

        return true;
    }

    /// <summary>Puts what was read into memory for good.</summary>
    /// <exception cref="InvalidDataException">A block is damaged.</exception>
    public void TakeIn(IVectorSeal seal, string collection, SpaceVectors vectors)
    {
        ReadOnlySpan<byte> rest = Room(0, length);
        foreach (var (model, dimension, bytesOfIds, bytesOfVectors) in rows)
        {
            VectorLoading.TakeIn(seal, collection, vectors, model, dimension, rest[..bytesOfIds], rest.Slice(bytesOfIds, bytesOfVectors), ids, ref opened);
            rest = rest[(bytesOfIds + bytesOfVectors)..];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Marshal.FreeHGlobal(room);
        (room, capacity, length) = (0, 0, 0);
        rows.Clear();
    }

    private void Copy(SqliteDataReader reader)
    {
        var bytesOfIds = raw.sqlite3_column_blob(reader.Handle, 2);
        var bytesOfVectors = raw.sqlite3_column_blob(reader.Handle, 3);
        var needed = checked(length + bytesOfIds.Length + bytesOfVectors.Length);
        if (needed > capacity)
        {
            capacity = Math.Max(needed, Bytes + (Bytes / 4));
            room = room == 0 ? Marshal.AllocHGlobal(capacity) : Marshal.ReAllocHGlobal(room, capacity);
        }

        rows.Add((reader.TextOrNull(0), VectorBlock.DimensionOf(reader, 1), bytesOfIds.Length, bytesOfVectors.Length));
        bytesOfIds.CopyTo(Room(length, bytesOfIds.Length));
        bytesOfVectors.CopyTo(Room(length + bytesOfIds.Length, bytesOfVectors.Length));
        length = needed;
    }

    private Span<byte> Room(int start, int count) => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), room + start), count);
}
