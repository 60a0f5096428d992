using System.Data.Common;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads and advances <c>spaces</c>, and knows which spaces hold anything.</summary>
internal static class SpaceTable
{
    // A commit of a few vectors writes the space's revision into their rows and leaves this table's as it is; the last of those rows is looked at.
    private static readonly string State =
        $"""
        SELECT s.number, MAX(s.revision, COALESCE(l.revision, 0)), s.epoch,
            CASE WHEN l.revision > s.revision THEN l.loose_bytes ELSE s.loose_bytes END, s.packed_at, s.removals_after, s.owed_rows
        FROM spaces s LEFT JOIN loose_vectors l ON l.place = {LooseVectors.LastOfSpaces}
        WHERE {SqlSession.InSpaceOf("s")}
        """;

    // In the year 2109. The order of debts is made of revisions and has room for twice as many; a clock that runs ahead must not use them up.
    private const long LatestTime = 1L << 42;

    // The Python code keeps no list of spaces, so the rows themselves are asked.
    private static readonly string[] Content =
        ["resources", "memory_items", "categories", "category_items", "passages", "item_history"];

    public static async Task<SpaceVersion> GetVersionAsync(SqlSession session, CancellationToken cancellationToken) =>
        await GetAsync(session, cancellationToken) is { } space ? new SpaceVersion(space.Epoch, space.Revision) : default;

    /// <summary>How the space stands; null while nothing was committed to it.</summary>
    public static async Task<SpaceState?> GetAsync(SqlSession session, CancellationToken cancellationToken)
    {
        await using var statement = session.Command(State);
        return await ReadAsync(statement, cancellationToken);
    }

    /// <summary>
    /// The space at its next revision, to be written by <see cref="WriteAsync"/> or in the last row of <c>loose_vectors</c>. It follows the clock in milliseconds
    /// where it can: a space that is emptied, or restored from a backup, and written again does not come past numbers under which somebody still caches the
    /// older content.
    /// </summary>
    /// <param name="session">The space, in a transaction that nobody else's writes come into.</param>
    /// <param name="now">The time.</param>
    /// <param name="looseBytes">Bytes of vectors that will be written into blocks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<SpaceState> AdvanceAsync(SqlSession session, DateTimeOffset now, long looseBytes, CancellationToken cancellationToken)
    {
        var time = Math.Min(now.ToUnixTimeMilliseconds(), LatestTime);
        if (await GetAsync(session, cancellationToken) is { } space)
        {
            return space with { Revision = Math.Max(time, space.Revision + 1), LooseBytes = space.LooseBytes + looseBytes };
        }

        await using var begin = session.Command(
            """
            INSERT INTO spaces (tenant_id, user_id, agent_id, revision, created_at, loose_bytes)
            VALUES (@tenant_id, @user_id, @agent_id, @now, @created_at, @loose)
            RETURNING number, revision, epoch, loose_bytes, packed_at, removals_after, owed_rows
            """,
            ("now", time), ("created_at", MemUJson.ToEpoch(now)), ("loose", looseBytes));
        return (await ReadAsync(begin, cancellationToken))!;
    }

    /// <summary>Writes down how the space stands.</summary>
    public static Task WriteAsync(SqlSession session, SpaceState space, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            "UPDATE spaces SET revision = @revision, loose_bytes = @loose, packed_at = @packed, removals_after = @after, owed_rows = @owed WHERE number = @space",
            [
                ("revision", space.Revision), ("loose", space.LooseBytes), ("packed", space.PackedAt), ("after", space.RemovalsAfter), ("owed", space.OwedRows),
                ("space", space.Number),
            ],
            cancellationToken);

    /// <summary>The ids of all spaces that hold anything, in order. The Python code may have written ids that no scope can have.</summary>
    public static async Task<IReadOnlyList<(string Tenant, string User, string Agent)>> ListAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            string.Join(" UNION ", Content.Select(t => $"SELECT DISTINCT tenant_id, user_id, agent_id FROM {t}"))
            + " UNION SELECT tenant_id, user_id, agent_id FROM spaces WHERE EXISTS (SELECT 1 FROM vectors v WHERE v.space = spaces.number)"
            + $" UNION SELECT s.tenant_id, s.user_id, s.agent_id FROM {LooseVectors.OfSpaces}"
            + $" UNION SELECT s.tenant_id, s.user_id, s.agent_id FROM {Sql.OwedVectors.OfSpaces}";
        var spaces = new List<(string Tenant, string User, string Agent)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            spaces.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return
        [
            .. spaces.OrderBy(s => s.Tenant, StringComparer.Ordinal).ThenBy(s => s.User, StringComparer.Ordinal).ThenBy(s => s.Agent, StringComparer.Ordinal),
        ];
    }

    public static async Task<SpaceStatistics> GetStatisticsAsync(
        SqlSession session, SqlDialect dialect, SettledDebt settled, CancellationToken cancellationToken) => new()
    {
        Scope = session.Scope,
        Resources = await CountAsync(session, "resources", cancellationToken),
        Passages = await CountAsync(session, "passages", cancellationToken),
        Items = await CountAsync(session, "memory_items", cancellationToken),
        Categories = await CountAsync(session, "categories", cancellationToken),
        Links = await CountAsync(session, "category_items", cancellationToken),
        History = await CountAsync(session, "item_history", cancellationToken),
        OwedVectors = await Sql.OwedVectors.CountAsync(session, settled, cancellationToken),
        ResourceBytes = await session.NumberAsync($"SELECT SUM(size) FROM resources WHERE {SqlSession.InSpace}", [], cancellationToken),
        TextCharacters = await CountCharactersAsync(session, "passages", "text", cancellationToken)
            + await CountCharactersAsync(session, "memory_items", "summary", cancellationToken),
        ItemsByType = await GroupAsync(session, "memory_items", "memory_type", cancellationToken),
        ResourcesByModality = await GroupAsync(session, "resources", "modality", cancellationToken),
        ItemsByDay = await GroupAsync(session, "memory_items", dialect.UtcDay("created_at"), cancellationToken),
        ItemsByCategory = await ReadGroupsAsync(
            session,
            $"""
            SELECT c.name, COUNT(*) FROM category_items l
            JOIN categories c ON {SqlSession.InSpaceOf("c")} AND c.id = l.category_id
            JOIN memory_items i ON {SqlSession.InSpaceOf("i")} AND i.id = l.item_id
            WHERE {SqlSession.InSpaceOf("l")} GROUP BY c.name ORDER BY c.name
            """,
            cancellationToken),
    };

    private static async Task<SpaceState?> ReadAsync(SqlStatement statement, CancellationToken cancellationToken)
    {
        var row = new long[7];
        return await statement.ReadNumbersAsync(row, cancellationToken) ? new SpaceState(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) : null;
    }

    private static Task<long> CountAsync(SqlSession session, string table, CancellationToken cancellationToken) =>
        session.NumberAsync($"SELECT COUNT(*) FROM {table} WHERE {SqlSession.InSpace}", [], cancellationToken);

    // Databases count code points or bytes; UTF-16 is counted here.
    private static async Task<long> CountCharactersAsync(SqlSession session, string table, string column, CancellationToken cancellationToken)
    {
        await using var statement = session.Command($"SELECT {column} FROM {table} WHERE {SqlSession.InSpace}");
        await using var reader = await statement.ReadAsync(cancellationToken);
        long characters = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            characters += reader.GetString(0).Length;
        }

        return characters;
    }

    private static Task<IReadOnlyDictionary<string, long>> GroupAsync(SqlSession session, string table, string value, CancellationToken cancellationToken) =>
        ReadGroupsAsync(
            session, $"SELECT {value}, COUNT(*) FROM {table} WHERE {SqlSession.InSpace} GROUP BY {value} ORDER BY {value}", cancellationToken);

    private static async Task<IReadOnlyDictionary<string, long>> ReadGroupsAsync(SqlSession session, string sql, CancellationToken cancellationToken) =>
        (await session.ListAsync(sql, [], (row, _) => (row.GetString(0), row.GetInt64(1)), cancellationToken))
        .ToDictionary(g => g.Item1, g => g.Item2, StringComparer.Ordinal);
}
