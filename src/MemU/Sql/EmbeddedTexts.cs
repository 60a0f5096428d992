using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Remembers in the table <c>embedded_texts</c> what models have embedded, beside whatever is written to the vectors: same transaction, same removals. Where the
/// vectors are in this database their own tables say it, and these are the former ones.
/// </summary>
internal sealed class EmbeddedTexts(SqlSession session, SqlDialect dialect, SqlVectorTarget vectors) : SqlVectorTarget
{
    private const string ThisSpace = $"space = (SELECT number FROM spaces WHERE {SqlSession.InSpace})";

    private static readonly string[] Columns = ["space", "collection", "id", "model", "text_hash", "vector"];
    private static readonly string[] Key = ["space", "collection", "id", "model"];

    private readonly List<VectorRecord> written = [];
    private readonly List<VectorRecord> former = [];

    public override bool WritesSpace => vectors.WritesSpace;

    public override long BytesOf(IReadOnlyList<VectorRecord> records) => vectors.BytesOf(records);

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        written.Add(record);
        return vectors.UpsertAsync(record, cancellationToken);
    }

    /// <summary>Keeps a vector whose place another model's takes.</summary>
    public void Keep(VectorRecord record) => former.Add(record);

    public override async Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        await EmbeddedBlocks.UnpackAsync(session, dialect, collection, idQuery, id, cancellationToken);
        await session.ExecuteAsync(
            $"DELETE FROM embedded_texts WHERE {ThisSpace} AND collection = @collection AND id IN ({idQuery})",
            [("collection", collection), ("id", id)], cancellationToken);
        await vectors.RemoveAsync(collection, idQuery, id, cancellationToken);
    }

    public override async Task RemoveAsync(string collection, string id, CancellationToken cancellationToken)
    {
        await EmbeddedBlocks.UnpackAsync(session, dialect, collection, [id], cancellationToken);
        await session.ExecuteAsync(
            $"DELETE FROM embedded_texts WHERE {ThisSpace} AND collection = @collection AND id = @id",
            [("collection", collection), ("id", id)], cancellationToken);
        await vectors.RemoveAsync(collection, id, cancellationToken);
    }

    public override async Task CompleteAsync(SpaceState space, CancellationToken cancellationToken)
    {
        await ForgetFormerWordsAsync(space, cancellationToken);
        foreach (var collection in former.GroupBy(f => f.Collection, f => f.Id, StringComparer.Ordinal))
        {
            await EmbeddedBlocks.UnpackAsync(session, dialect, collection.Key, collection, cancellationToken);
        }

        await RememberAsync(
            session, dialect, space,
            [
                .. former.Where(EmbeddedText.IsRemembered)
                    .Select(f => (f.Collection, f.Id, f.Model!, EmbeddedText.HashBytesOf(f.Text!), (ReadOnlyMemory<float>?)f.Vector)),
            ],
            cancellationToken);
        await vectors.CompleteAsync(space, cancellationToken);
    }

    public override ValueTask DisposeAsync() => vectors.DisposeAsync();

    /// <summary>Writes down of which words vectors were made that the index holds, where there are many.</summary>
    public static async Task RememberAsync(
        SqlSession session, SqlDialect dialect, SpaceState space, IEnumerable<(string Collection, string Id, string Model, byte[] TextHash)> texts,
        CancellationToken cancellationToken)
    {
        foreach (var kind in texts.GroupBy(t => (t.Collection, t.Model)))
        {
            (string Id, byte[] TextHash)[] many = [.. kind.Select(t => (t.Id, t.TextHash))];
            if (!await EmbeddedBlocks.TryWriteAsync(session, space, kind.Key.Collection, kind.Key.Model, many, cancellationToken))
            {
                await RememberAsync(
                    session, dialect, space, [.. kind.Select(t => (t.Collection, t.Id, t.Model, t.TextHash, default(ReadOnlyMemory<float>?)))], cancellationToken);
            }
        }
    }

    private static async Task RememberAsync(
        SqlSession session, SqlDialect dialect, SpaceState space,
        IReadOnlyCollection<(string Collection, string Id, string Model, byte[] TextHash, ReadOnlyMemory<float>? Vector)> texts, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return;
        }

        await using var remember = session.Prepare(dialect.Upsert("embedded_texts", Columns, Key), Columns);
        foreach (var text in texts)
        {
            await remember.ExecuteAsync(
                cancellationToken, space.Number, text.Collection, text.Id, text.Model, session.Seal.SealHash(text.TextHash),
                text.Vector is { } vector ? VectorBytes.From(session.Seal, text.Collection, PlaceOf(text.Id, text.Model), vector) : null);
        }
    }

    public static async Task<IReadOnlyList<EmbeddedText>> FindAsync(
        SqlSession session, IVectorSeal seal, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        var wanted = textHashes.ToHashSet(StringComparer.Ordinal);
        if (EmbeddedText.IsFree(model))
        {
            return [];
        }

        var loose = await LooseVectors.TextsAsync(session, seal, model, cancellationToken);
        var owed = await OwedVectors.TextsAsync(session, seal, model, cancellationToken);
        var found = loose.Concat(owed).Select(l => new EmbeddedText(l.Collection, l.Id, model, EmbeddedText.HashOf(l.Text), null)).Where(t => wanted.Contains(t.TextHash)).ToList();
        found.AddRange(await VectorHashes.FindAsync(session, seal, model, wanted, cancellationToken));
        found.AddRange(await EmbeddedBlocks.FindAsync(session, seal, model, wanted, cancellationToken));
        foreach (var hash in wanted)
        {
            found.AddRange(await session.ListAsync(
                $"SELECT collection, id, vector FROM embedded_texts WHERE {ThisSpace} AND text_hash = @text_hash AND model = @model",
                [("text_hash", seal.SealHash(Convert.FromHexString(hash))), ("model", model)], (row, _) => Read(row, seal, model, hash), cancellationToken));
        }

        return [.. found.OrderBy(t => t.Id, StringComparer.Ordinal)];
    }

    /// <summary>A record that says something else now: what models made of its former words goes, and what this one's model made before.</summary>
    private async Task ForgetFormerWordsAsync(SpaceState space, CancellationToken cancellationToken)
    {
        foreach (var collection in written.Where(r => r.Text is not null).GroupBy(r => r.Collection, StringComparer.Ordinal))
        {
            VectorRecord[] records = [.. collection];
            if (!await EmbeddedBlocks.MayRememberAsync(session, space, collection.Key, records.Select(r => r.Id), cancellationToken))
            {
                continue;
            }

            await EmbeddedBlocks.UnpackAsync(session, dialect, collection.Key, records.Select(r => r.Id), cancellationToken);

            await using var forget = session.Prepare(
                "DELETE FROM embedded_texts WHERE space = @space AND collection = @collection AND id = @id AND (text_hash <> @text_hash OR model = @model)",
                ["space", "collection", "id", "text_hash", "model"]);
            foreach (var record in records)
            {
                await forget.ExecuteAsync(
                    cancellationToken, space.Number, record.Collection, record.Id, session.Seal.SealHash(EmbeddedText.HashBytesOf(record.Text!)), record.Model);
            }
        }
    }

    private static EmbeddedText Read(DbDataReader row, IVectorSeal seal, string model, string hash)
    {
        byte[] buffer = [];
        var (collection, id) = (row.GetString(0), row.GetString(1));
        return new EmbeddedText(collection, id, model, hash, row.IsDBNull(2)
            ? default(ReadOnlyMemory<float>?)
            : VectorBytes.Read(seal, collection, PlaceOf(id, model), row.GetFieldValue<byte[]>(2), ref buffer).ToArray());
    }

    /// <summary>A record may have a vector of each model.</summary>
    private static string PlaceOf(string id, string model) => $"{id} by {model}";
}
