using System.Data.Common;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Removes the rows of a space from every table, and keeps the record of it in <c>erasures</c>.</summary>
internal static class SqlErasure
{
    /// <summary>Tables with a scope, those that point at others first.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "category_items", "item_passages", "item_history", "memory_items", "passages", "categories", "resources", "spaces",
    ];

    /// <summary>Tables whose rows name the space by its number.</summary>
    public static IReadOnlyList<string> VectorTables { get; } = ["vectors", "vector_blocks", "vector_removals", "embedded_texts", "embedded_blocks"];

    // Its rows name the space by where they are.
    private const string Loose = "loose_vectors";

    // The tables whose rows have an id of their own.
    private static readonly string[] Records = ["resources", "passages", "memory_items", "categories", "item_history"];

    public static async Task<SpaceErasure> RunAsync(SqlSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var table in Records)
        {
            ids.AddRange(await session.ListAsync($"SELECT id FROM {table} WHERE {SqlSession.InSpace}", [], (row, _) => row.GetString(0), cancellationToken));
        }

        var removed = new Dictionary<string, int>(StringComparer.Ordinal) { [Loose] = await LooseVectors.EraseAsync(session, cancellationToken) };
        foreach (var table in VectorTables)
        {
            removed[table] = await session.ExecuteAsync(
                $"DELETE FROM {table} WHERE space = (SELECT number FROM spaces WHERE {SqlSession.InSpace})", [], cancellationToken);
        }

        // Of a record that was written several times the index has one entry.
        var owed = await OwedVectors.EraseAsync(session, cancellationToken);
        foreach (var table in Tables)
        {
            removed[table] = await session.ExecuteAsync($"DELETE FROM {table} WHERE {SqlSession.InSpace}", [], cancellationToken);
        }

        // Of a space that held nothing one record is enough; that it is the last one is what counts.
        await session.ExecuteAsync("DELETE FROM erasures WHERE space_key = @key AND length(ids) = 0", [("key", session.Scope.Key)], cancellationToken);
        await session.ExecuteAsync(
            "INSERT INTO erasures (space_key, erased_at, ids) VALUES (@key, @at, @ids)",
            [("key", session.Scope.Key), ("at", MemUJson.ToEpoch(now)), ("ids", ErasureRecord.Pack(ids))],
            cancellationToken);
        return new SpaceErasure
        {
            Resources = removed["resources"],
            Passages = removed["passages"],
            Items = removed["memory_items"],
            Categories = removed["categories"],
            Links = removed["category_items"],
            History = removed["item_history"],
            Vectors = removed["vectors"] + removed[Loose] + owed,
        };
    }

    /// <summary>The number of the last erasure of any space; numbers are never used twice.</summary>
    public static Task<long> MarkAsync(SqlSession session, CancellationToken cancellationToken) =>
        session.NumberAsync("SELECT MAX(sequence) FROM erasures", [], cancellationToken);

    /// <summary>Reads only what came after the mark. One that is not reached was taken before a backup was restored or all was reset.</summary>
    public static async Task<bool> IsErasedSinceAsync(SqlSession session, long mark, CancellationToken cancellationToken) =>
        await MarkAsync(session, cancellationToken) is var last
        && (last < mark
            || (last > mark && await session.NumberAsync(
                "SELECT COUNT(*) FROM erasures WHERE sequence > @mark AND space_key = @key", [("mark", mark), ("key", session.Scope.Key)], cancellationToken) > 0));

    /// <summary>All records of spaces that held something, oldest first.</summary>
    public static async Task<IReadOnlyList<ErasureRecord>> ListAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT space_key, erased_at, ids FROM erasures WHERE length(ids) > 0 ORDER BY sequence";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var records = new List<ErasureRecord>();
        while (await reader.ReadAsync(cancellationToken))
        {
            records.Add(new ErasureRecord(reader.GetString(0), reader.Epoch(1), ErasureRecord.Unpack(reader.GetFieldValue<byte[]>(2))));
        }

        return records;
    }

    /// <summary>Those of these ids that some row of any space has.</summary>
    public static async Task<IReadOnlySet<string>> KnownAsync(DbConnection connection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = string.Join(" UNION ", Records.Select(t => $"SELECT id FROM {t} WHERE id = @id"));
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@id";
        command.Parameters.Add(parameter);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            parameter.Value = id;
            if (await command.ExecuteScalarAsync(cancellationToken) is not null)
            {
                known.Add(id);
            }
        }

        return known;
    }
}
