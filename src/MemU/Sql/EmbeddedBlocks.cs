using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// What a model has embedded, many texts to a row of <c>embedded_blocks</c>. Of one collection no block reaches into another: the ids from the first to the last are
/// its own. It is never changed: when anything of it is to go or to change, it becomes rows of <c>embedded_texts</c> first.
/// </summary>
internal static class EmbeddedBlocks
{
    /// <summary>Fewer are rows of their own, which are found by an index; blocks are read through.</summary>
    public const int Least = 100;

    private const int Most = 500;
    private const string ThisSpace = $"space = (SELECT number FROM spaces WHERE {SqlSession.InSpace})";
    private static readonly string[] Columns = ["space", "collection", "last_id", "first_id", "model", "hashes", "ids"];

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
    public static async Task UnpackAsync(SqlSession session, string collection, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        await using var take = session.Prepare(
            $"""
            DELETE FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND first_id <= @id AND last_id =
                (SELECT last_id FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND last_id >= @id ORDER BY last_id LIMIT 1)
            RETURNING space, model, hashes, ids
            """,
            ["collection", "id"]);
        foreach (var id in ids)
        {
            take.Set(SqlSession.ScopeColumns.Count, collection);
            take.Set(SqlSession.ScopeColumns.Count + 1, id);
            await using var rows = await take.ReadAsync(cancellationToken);
            if (await rows.ReadAsync(cancellationToken))
            {
                await UnpackAsync(session, collection, rows, cancellationToken);
            }
        }
    }

    /// <summary>The same for the ids that a query names, which may use <c>@id</c>.</summary>
    public static async Task UnpackAsync(SqlSession session, string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        if (await session.NumberAsync(
            $"SELECT 1 FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection LIMIT 1", [("collection", collection)], cancellationToken) != 0)
        {
            await UnpackAsync(session, collection, await session.ListAsync(idQuery, [("id", id)], (row, _) => row.GetString(0), cancellationToken), cancellationToken);
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
                    $"SELECT ids FROM embedded_blocks WHERE {ThisSpace} AND collection = @collection AND last_id = @last", [("collection", collection), ("last", last)],
                    (row, _) => IdList.Read(row.GetFieldValue<byte[]>(0)), cancellationToken)).SingleOrDefault([]);
                found.AddRange(held.Where(h => h.Number < ids.Count).Select(h => new EmbeddedText(collection, ids[h.Number], model, h.Hash, null)));
            }
        }

        return found;
    }

    private static async Task UnpackAsync(SqlSession session, string collection, DbDataReader block, CancellationToken cancellationToken)
    {
        var (space, model, hashes, ids) = (block.GetInt64(0), block.GetString(1), block.GetFieldValue<byte[]>(2), IdList.Read(block.GetFieldValue<byte[]>(3)));
        if (hashes.Length != ids.Count * EmbeddedText.BytesOfHash)
        {
            throw new InvalidDataException("a block of embedded texts is damaged");
        }

        await using var insert = session.Prepare(
            "INSERT INTO embedded_texts (space, collection, id, model, text_hash) VALUES (@space, @collection, @id, @model, @text_hash)",
            ["space", "collection", "id", "model", "text_hash"]);
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
