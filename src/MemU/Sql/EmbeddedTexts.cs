using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>
/// Remembers in the table <c>embedded_texts</c> what models have embedded, beside whatever is written to the vectors: same transaction, same removals.
/// </summary>
internal sealed class EmbeddedTexts(SqlSession session, SqlDialect dialect, SqlVectorTarget vectors) : SqlVectorTarget
{
    private static readonly string[] Columns = ["tenant_id", "user_id", "agent_id", "collection", "id", "model", "text_hash", "vector"];
    private static readonly string[] Key = ["tenant_id", "user_id", "agent_id", "collection", "id", "model"];

    private SqlStatement? remember;
    private SqlStatement? forgetOthers;

    public override long BytesOf(IReadOnlyList<VectorRecord> records) => vectors.BytesOf(records);

    public override async Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        await vectors.UpsertAsync(record, cancellationToken);
        if (record.Text is { } text)
        {
            // The record says something else now: what models made of its former words is forgotten.
            forgetOthers ??= session.Prepare(
                $"DELETE FROM embedded_texts WHERE {SqlSession.InSpace} AND collection = @collection AND id = @id AND text_hash <> @text_hash",
                ["collection", "id", "text_hash"]);
            await forgetOthers.ExecuteAsync(cancellationToken, record.Collection, record.Id, session.Seal.SealHash(Convert.FromHexString(EmbeddedText.HashOf(text))));
        }

        if (EmbeddedText.Of(record) is { } embedded)
        {
            await RememberAsync(embedded, cancellationToken);
        }
    }

    /// <summary>Keeps a vector whose place another model's takes.</summary>
    public Task KeepAsync(VectorRecord former, CancellationToken cancellationToken) =>
        EmbeddedText.OfFormer(former) is { } embedded ? RememberAsync(embedded, cancellationToken) : Task.CompletedTask;

    public override async Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"DELETE FROM embedded_texts WHERE {SqlSession.InSpace} AND collection = @collection AND id IN ({idQuery})",
            [("collection", collection), ("id", id)], cancellationToken);
        await vectors.RemoveAsync(collection, idQuery, id, cancellationToken);
    }

    public override async Task RemoveAsync(string collection, string id, CancellationToken cancellationToken)
    {
        await session.ExecuteAsync(
            $"DELETE FROM embedded_texts WHERE {SqlSession.InSpace} AND collection = @collection AND id = @id",
            [("collection", collection), ("id", id)], cancellationToken);
        await vectors.RemoveAsync(collection, id, cancellationToken);
    }

    public override Task CompleteAsync(SpaceState space, CancellationToken cancellationToken) => vectors.CompleteAsync(space, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await (remember?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (forgetOthers?.DisposeAsync() ?? ValueTask.CompletedTask);
        await vectors.DisposeAsync();
    }

    public static async Task<IReadOnlyList<EmbeddedText>> FindAsync(
        SqlSession session, IVectorSeal seal, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        var found = new List<EmbeddedText>();
        foreach (var hash in textHashes.Distinct(StringComparer.Ordinal))
        {
            found.AddRange(await session.ListAsync(
                $"SELECT collection, id, vector FROM embedded_texts WHERE {SqlSession.InSpace} AND text_hash = @text_hash AND model = @model ORDER BY id",
                [("text_hash", seal.SealHash(Convert.FromHexString(hash))), ("model", model)], (row, _) => Read(row, seal, model, hash), cancellationToken));
        }

        return found;
    }

    private Task RememberAsync(EmbeddedText text, CancellationToken cancellationToken)
    {
        remember ??= session.Prepare(dialect.Upsert("embedded_texts", Columns, Key), ["collection", "id", "model", "text_hash", "vector"]);
        return remember.ExecuteAsync(
            cancellationToken, text.Collection, text.Id, text.Model, session.Seal.SealHash(Convert.FromHexString(text.TextHash)),
            text.Vector is { } vector ? VectorBytes.From(session.Seal, text.Collection, PlaceOf(text.Id, text.Model), vector) : null);
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
