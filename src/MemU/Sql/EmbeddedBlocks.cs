using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// What a model has embedded, many texts to a row of <c>embedded_blocks</c>. Of one collection no block reaches into another: the ids from the first to the last are
/// its own. It is never changed: when anything of it is to go or to change, it becomes rows of <c>embedded_texts</c> first. One that is damaged is worth nothing but what
/// embedding its words again costs: it is passed over, and forgotten where it would become rows.
/// </summary>
internal static class EmbeddedBlocks
{
    /// <summary>Fewer are rows of their own, which are found by an index; blocks are read through.</summary>
    public const int Least = 100;

    private const int Most = 500;
    private const string ThisSpace = $"space = (SELECT number FROM spaces WHERE {SqlSession.InSpace})";
    private static readonly string[] Columns = ["space", "collection", "last_id", "first_id", "model", "hashes", "ids"];
    private static readonly string[] TextColumns = ["space", "collection", "id", "model", "text_hash"];
    private static readonly string[] TextKey = ["space", "collection", "id", "model"];

    /// <summary>Writes texts of one collection and model down as blocks; false when some of them cannot be, because something is remembered from their first id to their last.</summary>
    public static async Task<bool> TryWriteAsync(
        SqlSession session, SpaceState space, string collection, string model, IReadOnlyCollection<(string Id, byte[] TextHash)> texts, CancellationToken cancellationToken)
    {
        if (texts.Count < Least || await MayRememberAsync(session, space, collection, texts.Select(t => t.Id), cancellationToken))
        {
            return false;
        }

        await using var insert = session.Prepare(
            $"INSERT INTO embedded_blocks ({string.Join(", ", Columns)}) VALUES (@{string.Join(", @", Columns)})", Columns);
        foreach (var block in texts.OrderBy(t => t.Id, StringComparer.Ordinal).Chunk(Most))
        {
            await insert.ExecuteAsync(
                cancellationToken, space.Number, collection, block[^1].Id, block[0].Id, model, block.SelectMany(t => session.Seal.SealHash(t.TextHash)).ToArray(),
                IdList.Write(block.Select(t => t.Id)));
        }

        return true;
    }

    /// <summary>False when nothing is remembered of records from the first of these ids to the last: then none has to be looked for. New ones mostly lie beyond all others.</summary>
    public static async Task<bool> MayRememberAsync(
        SqlSession session, SpaceState space, string collection, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        IdRange.Of(ids) is not var (first, last) || await session.NumberAsync(
            """
            SELECT EXISTS (SELECT 1 FROM embedded_texts WHERE space = @space AND collection = @collection AND id BETWEEN @first AND @last)
                OR (SELECT first_id <= @last FROM embedded_blocks WHERE space = @space AND collection = @collection AND last_id >= @first ORDER BY last_id LIMIT 1)
            """,
            [("space", space.Number), ("collection", collection), ("first", first), ("last", last)], cancellationToken) != 0;

    /// <summary>Makes rows of the blocks that reach over these ids.</summary>
    public static async Task UnpackAsync(
        SqlSession session, SqlDialect dialect, string collection, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await using var take = session.Prepare(
            $"""
            DELETE FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND first_id <= @id AND last_id =
                (SELECT last_id FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND last_id >= @id ORDER BY last_id LIMIT 1)
            RETURNING space, model, first_id, last_id, hashes, ids
            """,
            ["collection", "id"]);
        foreach (var id in ids)
        {
            take.Set(SqlSession.ScopeColumns.Count, collection);
            take.Set(SqlSession.ScopeColumns.Count + 1, id);
            await using var rows = await take.ReadAsync(cancellationToken);
            if (await rows.ReadAsync(cancellationToken))
            {
                await UnpackAsync(session, dialect, collection, rows, cancellationToken);
            }
        }
    }

    /// <summary>The same for the ids that a query names, which may use <c>@id</c>.</summary>
    public static async Task UnpackAsync(
        SqlSession session, SqlDialect dialect, string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        if (await session.NumberAsync(
            $"SELECT 1 FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection LIMIT 1", [("collection", collection)], cancellationToken) != 0)
        {
            var ids = await session.ListAsync(idQuery, [("id", id)], (row, _) => row.GetString(0), cancellationToken);
            await UnpackAsync(session, dialect, collection, ids, cancellationToken);
        }
    }

    /// <summary>Records of which a model has embedded a text with one of these hashes.</summary>
    public static async Task<IReadOnlyList<EmbeddedText>> FindAsync(
        SqlSession session, IVectorSeal seal, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        // Without its key a space has no hash to look for.
        var wanted = textHashes.Select(hash => (Hash: hash, Sealed: seal.SealHash(Convert.FromHexString(hash)))).Where(h => h.Sealed.Length > 0)
            .ToDictionary(h => new Guid(h.Sealed), h => h.Hash);

        // Without the ids, which lie behind the hashes on other pages: few blocks hold what is looked for.
        var blocks = await session.ListAsync(
            $"SELECT collection, last_id, hashes FROM embedded_blocks WHERE {ThisSpace} AND model = @model", [("model", model)],
            (row, _) => (Collection: row.GetString(0), Last: row.GetString(1), Held: Find(row.GetFieldValue<byte[]>(2), wanted)), cancellationToken);
        List<EmbeddedText> found = [];
        foreach (var (collection, last, held) in blocks)
        {
            if (held is not null)
            {
                // Somebody may have made rows of it meanwhile, which are read after this.
                var ids = (await session.ListAsync(
                    $"SELECT first_id, last_id, length(hashes), ids FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND last_id = @last",
                    [("collection", collection), ("last", last)], (row, _) => IdsOf(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)),
                    cancellationToken)).SingleOrDefault() ?? [];
                found.AddRange(held.Where(h => h.Number < ids.Count).Select(h => new EmbeddedText(collection, ids[h.Number], model, h.Hash, null)));
            }
        }

        return found;
    }

    /// <summary>True when a block of the space is damaged.</summary>
    public static async Task<bool> AreDamagedAsync(SqlSession session, CancellationToken cancellationToken) =>
        (await DamagedAsync(session, cancellationToken)).Count > 0;

    /// <summary>Forgets the blocks of the space that are damaged; returns how many.</summary>
    public static async Task<int> ForgetDamagedAsync(SqlSession session, CancellationToken cancellationToken)
    {
        var damaged = await DamagedAsync(session, cancellationToken);
        foreach (var (collection, last) in damaged)
        {
            await session.ExecuteAsync(
                $"DELETE FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND last_id = @last", [("collection", collection), ("last", last)],
                cancellationToken);
        }

        return damaged.Count;
    }

    /// <summary>Where a block stands, and whether it can be read; from the columns collection, last_id, first_id, length of hashes, ids.</summary>
    public static (string Collection, string Last, string First, bool IsWhole) Read(DbDataReader row, int column)
    {
        var (collection, last, first) = (row.GetString(column), row.GetString(column + 1), row.GetString(column + 2));
        return (collection, last, first, IdsOf(first, last, row.GetInt64(column + 3), row.GetFieldValue<byte[]>(column + 4)) is not null);
    }

    /// <summary>Those of one space, in their order, that cannot be read, or reach into the one before.</summary>
    public static IEnumerable<(string Collection, string Last)> Damaged(IEnumerable<(string Collection, string Last, string First, bool IsWhole)> blocks)
    {
        (string? collection, var before) = (null, "");
        foreach (var block in blocks)
        {
            if (!block.IsWhole || (block.Collection == collection && string.CompareOrdinal(block.First, before) <= 0))
            {
                yield return (block.Collection, block.Last);
            }
            else
            {
                (collection, before) = (block.Collection, block.Last);
            }
        }
    }

    private static async Task<List<(string Collection, string Last)>> DamagedAsync(SqlSession session, CancellationToken cancellationToken) =>
    [
        .. Damaged(await session.ListAsync(
            $"SELECT collection, last_id, first_id, length(hashes), ids FROM embedded_blocks WHERE {ThisSpace} ORDER BY collection, last_id", [],
            (row, _) => Read(row, 0), cancellationToken)),
    ];

    /// <summary>The ids of a block; null when its parts do not fit each other.</summary>
    private static List<string>? IdsOf(string first, string last, long bytesOfHashes, byte[] list)
    {
        try
        {
            var ids = IdList.Read(list);
            var isWhole = ids.Count > 0 && bytesOfHashes == (long)ids.Count * EmbeddedText.BytesOfHash && ids[0] == first && ids[^1] == last
                && ids.Zip(ids.Skip(1)).All(next => string.CompareOrdinal(next.First, next.Second) < 0);
            return isWhole ? ids : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static async Task UnpackAsync(SqlSession session, SqlDialect dialect, string collection, DbDataReader block, CancellationToken cancellationToken)
    {
        var (space, model, hashes) = (block.GetInt64(0), block.GetString(1), block.GetFieldValue<byte[]>(4));
        var ids = IdsOf(block.GetString(2), block.GetString(3), hashes.Length, block.GetFieldValue<byte[]>(5)) ?? [];

        // A row that is there is newer: a program of an older version wrote it, which knows of no blocks.
        await using var insert = session.Prepare(dialect.InsertIfAbsent("embedded_texts", TextColumns, TextKey), TextColumns);
        for (var i = 0; i < ids.Count; i++)
        {
            await insert.ExecuteAsync(
                cancellationToken, space, collection, ids[i], model, hashes.AsSpan(i * EmbeddedText.BytesOfHash, EmbeddedText.BytesOfHash).ToArray());
        }
    }

    private static List<(int Number, string Hash)>? Find(byte[] hashes, Dictionary<Guid, string> wanted)
    {
        List<(int, string)>? found = null;
        for (var i = 0; i < hashes.Length / EmbeddedText.BytesOfHash; i++)
        {
            if (wanted.TryGetValue(new Guid(hashes.AsSpan(i * EmbeddedText.BytesOfHash, EmbeddedText.BytesOfHash)), out var hash))
            {
                (found ??= []).Add((i, hash));
            }
        }

        return found;
    }
}
