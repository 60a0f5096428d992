using System.Data.Common;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Vectors that came one by one, in the table <c>loose_vectors</c>: one row each, so that a commit of a single item writes one row and no directory of it.
/// There are never more than fill a block or two; whoever looks for one looks through those of the space.
/// </summary>
internal static class LooseVectors
{
    /// <summary>What stands for the revision of the block in the place of a loose vector.</summary>
    public const long NoBlock = -1;

    /// <summary>Joins the rows of a space <c>s</c> as <c>l</c>; the order of the tables is meant.</summary>
    public const string OfSpaces = "spaces s CROSS JOIN loose_vectors l ON l.place BETWEEN s.number * 4294967296 AND s.number * 4294967296 + 4294967295";

    /// <summary>The last place of a space <c>s</c> that is taken.</summary>
    public const string LastOfSpaces = "(SELECT MAX(place) FROM loose_vectors WHERE place BETWEEN s.number * 4294967296 AND s.number * 4294967296 + 4294967295)";

    private const string OfSpace = "place BETWEEN @first AND @last";

    private const int MostIds = 500;

    // Half of the places of a space: between two packings only a few hundred are taken.
    private const long ManyPlaces = 1L << 31;

    // Statements are kept by their text: lists of a few sizes do.
    private static readonly (string Sql, string[] Parameters)[] Removals = [.. new[] { 1, 8, 64, MostIds }.Select(Removal)];

    /// <summary>The places of a space, by its number.</summary>
    public static (long First, long Last) PlacesOf(long space) => (space << 32, (space << 32) | uint.MaxValue);

    /// <summary>Writes a vector that has no row yet; the row says how the space stands.</summary>
    public static async Task WriteAsync(SqlSession session, SpaceState space, VectorRecord record, CancellationToken cancellationToken)
    {
        var (first, last) = PlacesOf(space.Number);
        await using var insert = session.Prepare(
            $"""
            INSERT INTO loose_vectors (place, collection, id, revision, loose_bytes, model, dimension, text, vector)
            VALUES ((SELECT COALESCE(MAX(place), @first - 1) + 1 FROM loose_vectors WHERE {OfSpace}), @collection, @id, @revision, @loose, @model, @dimension,
                @text, @vector)
            """,
            ["first", "last", "collection", "id", "revision", "loose", "model", "dimension", "text", "vector"]);
        await insert.ExecuteAsync(
            cancellationToken, first, last, record.Collection, record.Id, space.Revision, space.LooseBytes, record.Model, record.Vector.Length,
            session.Seal.SealText(record.Collection, record.Id, record.Text), VectorBytes.ToBind(session.Seal, record.Collection, record.Id, record.Vector));
    }

    /// <summary>Removes the rows of these ids, if there are any.</summary>
    public static async Task RemoveAsync(
        SqlSession session, SpaceState space, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var (first, last) = PlacesOf(space.Number);
        if (await session.NumberAsync($"SELECT 1 FROM loose_vectors WHERE {OfSpace} LIMIT 1", [("first", first), ("last", last)], cancellationToken) == 0)
        {
            return;
        }

        foreach (var chunk in ids.Chunk(MostIds))
        {
            var (sql, names) = Removals.First(r => r.Parameters.Length >= chunk.Length + 3);
            await using var delete = session.Prepare(sql, names);
            await delete.ExecuteAsync(cancellationToken, [first, last, collection, .. chunk, .. Enumerable.Repeat(chunk[0], names.Length - 3 - chunk.Length)]);
        }
    }

    /// <summary>Removes one row.</summary>
    public static Task RemoveAsync(SqlSession session, VectorPlace place, CancellationToken cancellationToken) =>
        session.ExecuteAsync("DELETE FROM loose_vectors WHERE place = @place", [("place", place.Part)], cancellationToken);

    /// <summary>Moves the rows to the first places of the space when many have been taken: behind the last one those of the next space begin.</summary>
    public static async Task CloseRanksAsync(SqlSession session, SpaceState space, CancellationToken cancellationToken)
    {
        var (first, last) = PlacesOf(space.Number);
        (string, object?)[] range = [("first", first), ("last", last)];
        if (await session.NumberAsync($"SELECT MAX(place) FROM loose_vectors WHERE {OfSpace}", range, cancellationToken) < first + ManyPlaces)
        {
            return;
        }

        var places = await session.ListAsync($"SELECT place FROM loose_vectors WHERE {OfSpace} ORDER BY place", range, (row, _) => row.GetInt64(0), cancellationToken);
        foreach (var (i, place) in places.Index())
        {
            await session.ExecuteAsync("UPDATE loose_vectors SET place = @to WHERE place = @place", [("place", place), ("to", first + i)], cancellationToken);
        }
    }

    /// <summary>Removes all rows of the session's space; returns how many there were.</summary>
    public static Task<int> EraseAsync(SqlSession session, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"DELETE FROM loose_vectors WHERE place IN (SELECT l.place FROM {OfSpaces} WHERE {SqlSession.InSpaceOf("s")})", [], cancellationToken);

    /// <summary>The rows of a collection that were written after a revision, oldest first.</summary>
    public static Task<List<LooseVector>> ListAsync(
        SqlSession session, SpaceState space, string collection, long after, CancellationToken cancellationToken)
    {
        var (first, last) = PlacesOf(space.Number);
        return session.ListAsync(
            $"SELECT place, id, model, dimension, text, vector FROM loose_vectors WHERE {OfSpace} AND collection = @collection AND revision > @after ORDER BY place",
            [("first", first), ("last", last), ("collection", collection), ("after", after)],
            (row, _) => TryRead(row, new VectorPlace(collection, NoBlock, row.GetInt64(0)), session.Seal), cancellationToken);
    }

    /// <summary>One vector.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or gone.</exception>
    public static async Task<VectorRecord> ReadAsync(SqlSession session, VectorPlace place, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"SELECT l.id, l.model, l.dimension, l.text, l.vector FROM {OfSpaces} WHERE {SqlSession.InSpaceOf("s")} AND l.place = @place",
            [("place", place.Part)], (row, _) => Read(row, 0, session.Seal, place.Collection), cancellationToken))
        .SingleOrDefault() ?? throw VectorBlock.Damaged();

    /// <summary>What a named model made of which texts: id and text.</summary>
    public static Task<List<(string Collection, string Id, string Text)>> TextsAsync(
        SqlSession session, IVectorSeal seal, string model, CancellationToken cancellationToken) =>
        session.ListAsync(
            $"SELECT l.collection, l.id, l.text FROM {OfSpaces} WHERE {SqlSession.InSpaceOf("s")} AND l.model = @model AND l.text IS NOT NULL",
            [("model", model)],
            (row, _) => (row.GetString(0), row.GetString(1), seal.OpenText(row.GetString(0), row.GetString(1), row.GetString(2))!), cancellationToken);

    private static (string Sql, string[] Parameters) Removal(int size)
    {
        var ids = Enumerable.Range(0, size).Select(i => $"id{i}").ToArray();
        return (
            $"DELETE FROM loose_vectors WHERE {OfSpace} AND collection = @collection AND id IN ({string.Join(", ", ids.Select(i => "@" + i))})",
            ["first", "last", "collection", .. ids]);
    }

    private static LooseVector TryRead(DbDataReader row, VectorPlace place, IVectorSeal seal)
    {
        try
        {
            return new LooseVector(place, Read(row, 1, seal, place.Collection), null);
        }
        catch (InvalidDataException e)
        {
            return new LooseVector(place, null, e);
        }
    }

    private static VectorRecord Read(DbDataReader row, int column, IVectorSeal seal, string collection)
    {
        byte[] buffer = [];
        var (id, bytes) = (row.GetString(column), row.GetFieldValue<byte[]>(column + 4));
        var vector = VectorBytes.Read(seal, collection, id, bytes, ref buffer).ToArray();
        return vector.Length != VectorBlock.DimensionOf(row, column + 2)
            ? throw VectorBlock.Damaged()
            : new VectorRecord
            {
                Collection = collection, Id = id, Model = row.TextOrNull(column + 1), Text = seal.OpenText(collection, id, row.TextOrNull(column + 3)), Vector = vector,
            };
    }
}
