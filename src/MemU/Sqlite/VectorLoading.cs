using MemU.Sql;
using MemU.Vectors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Sqlite;

/// <summary>Reads the vectors of a collection into memory: all of them, or what has changed since a revision.</summary>
internal static class VectorLoading
{
    // A thread more keeps memory of its own, which is little beside more than this.
    private const long BytesAlone = 16 << 20;

    /// <exception cref="InvalidDataException">A block is damaged.</exception>
    public static async Task RunAsync(
        SqlSession session, SpaceState space, string collection, SpaceVectors vectors, long? after, CancellationToken cancellationToken)
    {
        await using var statement = session.Command(
            """
            SELECT model, dimension, ids, vectors FROM vector_blocks
            WHERE space = @space AND collection = @collection AND revision > @after ORDER BY revision, part
            """,
            ("space", space.Number), ("collection", collection), ("after", after ?? -1));
        await using var rows = (SqliteDataReader)await statement.ReadAsync(cancellationToken);
        if (after is null)
        {
            // Nobody sees them yet.
            await ReadAllAsync(rows, session.Seal, collection, vectors, cancellationToken);
            foreach (var record in await LooseAsync(session, space, collection, -1, cancellationToken))
            {
                vectors.Upsert(record.Id, record.Vector.Span, record.Model);
            }

            return;
        }

        var removed = await session.ListAsync(
            "SELECT id FROM vector_removals WHERE space = @space AND collection = @collection AND revision > @after",
            [("space", space.Number), ("collection", collection), ("after", after)], (row, _) => row.GetString(0), cancellationToken);
        var upserted = new List<VectorRecord>();
        while (await rows.ReadAsync(cancellationToken))
        {
            upserted.AddRange(VectorBlock.Read(
                session.Seal, collection, rows.TextOrNull(0), VectorBlock.DimensionOf(rows, 1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3)).Records);
        }

        upserted.AddRange(await LooseAsync(session, space, collection, after.Value, cancellationToken));
        if (removed.Count + upserted.Count > 0)
        {
            vectors.Apply(removed, upserted);
        }
    }

    /// <summary>Puts the vectors of one row into memory for good.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public static void TakeIn(
        IVectorSeal seal, string collection, SpaceVectors vectors, string? model, int dimension, ReadOnlySpan<byte> list, ReadOnlySpan<byte> written, List<VectorId> ids, ref byte[] buffer)
    {
        IdList.Read(list, ids);
        var numbers = VectorBytes.Read(seal, collection, VectorBlock.NameOf(seal, ids), written, ref buffer);
        if (numbers.Length != (long)dimension * ids.Count)
        {
            throw VectorBlock.Damaged();
        }

        vectors.Upsert(ids, numbers, model);
    }

    private static async Task<IEnumerable<VectorRecord>> LooseAsync(
        SqlSession session, SpaceState space, string collection, long after, CancellationToken cancellationToken) =>
        (await LooseVectors.ListAsync(session, space, collection, after, cancellationToken)).Select(l => l.Whole);

    /// <summary>Takes rows in as they come, and from some megabytes on while the next are read: both take about as long.</summary>
    private static async Task ReadAllAsync(
        SqliteDataReader rows, IVectorSeal seal, string collection, SpaceVectors vectors, CancellationToken cancellationToken)
    {
        var (alone, buffer) = (0L, Array.Empty<byte>());
        List<VectorId> ids = [];
        while (alone < BytesAlone)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await rows.ReadAsync(cancellationToken))
            {
                return;
            }

            // SQLite's own memory, valid until the next row: nothing is copied on the way, unless it has to be decrypted.
            var numbers = raw.sqlite3_column_blob(rows.Handle, 3);
            TakeIn(
                seal, collection, vectors, rows.TextOrNull(0), VectorBlock.DimensionOf(rows, 1), raw.sqlite3_column_blob(rows.Handle, 2), numbers, ids, ref buffer);
            alone += numbers.Length;
        }

        await ReadRestAsync(rows, seal, collection, vectors, cancellationToken);
    }

    private static async Task ReadRestAsync(
        SqliteDataReader rows, IVectorSeal seal, string collection, SpaceVectors vectors, CancellationToken cancellationToken)
    {
        using var one = new BlockBatch();
        using var other = new BlockBatch();
        var (reading, taken, taking) = (one, other, Task.CompletedTask);
        try
        {
            while (await reading.FillAsync(rows, cancellationToken))
            {
                await taking;
                (reading, taken) = (taken, reading);
                var batch = taken;
                taking = Task.Run(() => batch.TakeIn(seal, collection, vectors), cancellationToken);
            }
        }
        finally
        {
            // Its memory must not go before it has ended; what went wrong there is told of below, or less important than what is under way.
            await taking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await taking;
        reading.TakeIn(seal, collection, vectors);
    }
}
