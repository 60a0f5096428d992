using MemU.Sql;
using MemU.Vectors;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>Reads the vectors of a collection into memory: all of them, or what has changed since a revision.</summary>
internal static class VectorLoading
{
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

    private static async Task<IEnumerable<VectorRecord>> LooseAsync(
        SqlSession session, SpaceState space, string collection, long after, CancellationToken cancellationToken) =>
        (await LooseVectors.ListAsync(session, space, collection, after, cancellationToken)).Select(l => l.Whole);

    /// <summary>Takes rows in while the next are read: both take about as long, and a small collection is one batch.</summary>
    private static async Task ReadAllAsync(
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
