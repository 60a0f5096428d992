namespace MemU.Sql;

/// <summary>Reads vectors that are kept in the database. Several statements make an answer, so the session must be of one moment.</summary>
internal static class VectorTable
{
    private static readonly string Place =
        $"""
        SELECT revision, part FROM vectors WHERE space = @space AND collection = @collection AND id = @id
        UNION ALL
        SELECT {LooseVectors.NoBlock}, place FROM loose_vectors WHERE place BETWEEN @first AND @last AND collection = @collection AND id = @id
        """;

    public static async Task<IReadOnlyList<VectorRecord>> GetAsync(
        SqlSession session, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(session, collection, ids, cancellationToken);
        return (await ReadAsync(session, places, cancellationToken)).InOrderOf(ids, v => v.Id);
    }

    /// <summary>Entries of a collection after an id, in order of id.</summary>
    public static async Task<IReadOnlyList<VectorRecord>> ListAsync(
        SqlSession session, string collection, string? after, int limit, CancellationToken cancellationToken)
    {
        var places = await session.ListAsync(
            $"{Places("id > @after")} ORDER BY id LIMIT @limit", [("collection", collection), ("after", after ?? ""), ("limit", limit)],
            (row, _) => (row.GetString(0), new VectorPlace(collection, row.GetInt64(1), row.GetInt64(2))), cancellationToken);
        return (await ReadAsync(session, places, cancellationToken)).InOrderOf([.. places.Select(p => p.Item1)], v => v.Id);
    }

    /// <summary>Where these vectors are; unknown ones are left out.</summary>
    public static Task<List<(string Id, VectorPlace Place)>> PlacesAsync(
        SqlSession session, string collection, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        session.ListByIdAsync(
            Places("id IN (@ids)"), ids, (row, _) => (row.GetString(0), new VectorPlace(collection, row.GetInt64(1), row.GetInt64(2))), cancellationToken, ("collection", collection));

    /// <summary>Where the vectors are whose ids a query gives; it may use <c>@id</c>.</summary>
    public static Task<List<(string Id, VectorPlace Place)>> PlacesAsync(
        SqlSession session, string collection, string idQuery, string id, CancellationToken cancellationToken) =>
        session.ListAsync(
            Places($"id IN ({idQuery})"),
            [("collection", collection), ("id", id)],
            (row, _) => (row.GetString(0), new VectorPlace(collection, row.GetInt64(1), row.GetInt64(2))), cancellationToken);

    /// <summary>Where one vector is; null when there is none.</summary>
    public static async Task<VectorPlace?> PlaceAsync(
        SqlSession session, SpaceState space, string collection, string id, CancellationToken cancellationToken)
    {
        var (first, last) = LooseVectors.PlacesOf(space.Number);
        await using var find = session.Command(
            Place, ("space", space.Number), ("collection", collection), ("id", id), ("first", first), ("last", last));
        var place = new long[2];
        return await find.ReadNumbersAsync(place, cancellationToken) ? new VectorPlace(collection, place[0], place[1]) : null;
    }

    /// <summary>A block; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task<VectorBlock?> ReadBlockAsync(SqlSession session, VectorPlace place, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"""
            SELECT b.model, b.dimension, b.ids, b.vectors, b.texts FROM vector_blocks b JOIN spaces s ON s.number = b.space
            WHERE {SqlSession.InSpaceOf("s")} AND b.collection = @collection AND b.revision = @revision AND b.part = @part
            """,
            [("collection", place.Collection), ("revision", place.Revision), ("part", place.Part)],
            (row, _) => VectorBlock.Read(
                session.Seal, place.Collection, row.TextOrNull(0), VectorBlock.DimensionOf(row, 1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3), row.GetString(4)),
            cancellationToken))
        .SingleOrDefault();

    /// <summary>The ids of a block; none when it is gone.</summary>
    /// <exception cref="InvalidDataException">They cannot be read.</exception>
    public static async Task<List<string>> ReadIdsAsync(SqlSession session, VectorPlace place, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"""
            SELECT b.ids FROM vector_blocks b JOIN spaces s ON s.number = b.space
            WHERE {SqlSession.InSpaceOf("s")} AND b.collection = @collection AND b.revision = @revision AND b.part = @part
            """,
            [("collection", place.Collection), ("revision", place.Revision), ("part", place.Part)],
            (row, _) => IdList.Read(row.GetFieldValue<byte[]>(0)), cancellationToken))
        .SingleOrDefault([]);

    // Vectors in blocks and loose ones, with a condition on either's column.
    private static string Places(string condition) =>
        $"""
        SELECT v.id, v.revision, v.part FROM vectors v JOIN spaces s ON s.number = v.space
        WHERE {SqlSession.InSpaceOf("s")} AND v.collection = @collection AND v.{condition}
        UNION ALL
        SELECT l.id, {LooseVectors.NoBlock}, l.place FROM {LooseVectors.OfSpaces}
        WHERE {SqlSession.InSpaceOf("s")} AND l.collection = @collection AND l.{condition}
        """;

    private static async Task<List<VectorRecord>> ReadAsync(
        SqlSession session, List<(string Id, VectorPlace Place)> places, CancellationToken cancellationToken)
    {
        var records = new List<VectorRecord>(places.Count);
        foreach (var block in places.GroupBy(p => p.Place, p => p.Id))
        {
            if (block.Key.IsLoose)
            {
                records.Add(await LooseVectors.ReadAsync(session, block.Key, cancellationToken));
                continue;
            }

            var wanted = block.ToHashSet(StringComparer.Ordinal);
            var read = await ReadBlockAsync(session, block.Key, cancellationToken) ?? throw VectorBlock.Damaged();
            records.AddRange(read.Records.Where(r => wanted.Contains(r.Id)));
        }

        return records;
    }
}
