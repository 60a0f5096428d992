using MemU.Sql;
using MemU.Vectors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

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
            byte[] buffer = [];
            List<VectorId> ids = [];
            while (await rows.ReadAsync(cancellationToken))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(rows, session.Seal, collection, vectors, ids, ref buffer);
            }

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

    private static void Add(SqliteDataReader row, IVectorSeal seal, string collection, SpaceVectors vectors, List<VectorId> ids, ref byte[] buffer)
    {
        var (model, dimension) = (row.TextOrNull(0), VectorBlock.DimensionOf(row, 1));
        IdList.Read(raw.sqlite3_column_blob(row.Handle, 2), ids);

        // SQLite's own memory, valid until the next row: nothing is copied on the way, unless it has to be decrypted.
        var numbers = VectorBytes.Read(seal, collection, VectorBlock.NameOf(seal, ids), raw.sqlite3_column_blob(row.Handle, 3), ref buffer);
        if (numbers.Length != (long)dimension * ids.Count)
        {
            throw VectorBlock.Damaged();
        }

        vectors.Upsert(ids, numbers, model);
    }
}
