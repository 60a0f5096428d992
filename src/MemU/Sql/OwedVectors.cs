using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>Vectors that another index is owed, in the table <c>owed_vectors</c>; a row without a vector is a removal.</summary>
internal sealed class OwedVectors(SqlSession session) : SqlVectorTarget
{
    private SqlStatement? insert;

    public override bool KeepsWords => false;

    public override long BytesOf(IReadOnlyList<VectorRecord> records) => 0;

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken) =>
        InsertAsync(
            cancellationToken, record.Collection, record.Id, record.Model,
            VectorBytes.From(session.Seal, record.Collection, record.Id, record.Vector), session.Seal.SealText(record.Collection, record.Id, record.Text));

    public override Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"""
            INSERT INTO owed_vectors (tenant_id, user_id, agent_id, collection, id)
            SELECT @tenant_id, @user_id, @agent_id, @collection, removed.id FROM ({idQuery}) removed
            """,
            [("collection", collection), ("id", id)], cancellationToken);

    public override Task RemoveAsync(string collection, string id, CancellationToken cancellationToken) =>
        InsertAsync(cancellationToken, collection, id, null, null, null);

    public override Task CompleteAsync(SpaceState space, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => insert?.DisposeAsync() ?? ValueTask.CompletedTask;

    public static async Task<bool> AnyAsync(SqlSession session, CancellationToken cancellationToken) =>
        await session.NumberAsync(
            $"SELECT CASE WHEN EXISTS (SELECT 1 FROM owed_vectors WHERE {SqlSession.InSpace}) THEN 1 ELSE 0 END", [], cancellationToken) == 1;

    public static async Task<IReadOnlyList<OwedVector>> ListAsync(SqlSession session, IVectorSeal seal, int limit, CancellationToken cancellationToken) =>
        await session.ListAsync(
            $"SELECT sequence, collection, id, model, vector, text FROM owed_vectors WHERE {SqlSession.InSpace} ORDER BY sequence LIMIT @limit",
            [("limit", limit)], (row, _) => Read(row, seal), cancellationToken);

    public static async Task SettleAsync(SqlSession session, IReadOnlyCollection<long> sequences, CancellationToken cancellationToken)
    {
        await using var delete = session.Prepare($"DELETE FROM owed_vectors WHERE {SqlSession.InSpace} AND sequence = @sequence", ["sequence"]);
        foreach (var sequence in sequences)
        {
            await delete.ExecuteAsync(cancellationToken, sequence);
        }
    }

    private Task InsertAsync(CancellationToken cancellationToken, params ReadOnlySpan<object?> values)
    {
        insert ??= session.Prepare(
            """
            INSERT INTO owed_vectors (tenant_id, user_id, agent_id, collection, id, model, vector, text)
            VALUES (@tenant_id, @user_id, @agent_id, @collection, @id, @model, @vector, @text)
            """,
            ["collection", "id", "model", "vector", "text"]);
        return insert.ExecuteAsync(cancellationToken, values);
    }

    private static OwedVector Read(DbDataReader row, IVectorSeal seal)
    {
        byte[] buffer = [];
        var (collection, id) = (row.GetString(1), row.GetString(2));
        return new OwedVector(row.GetInt64(0), collection, id, row.IsDBNull(4)
            ? null
            : new VectorRecord
            {
                Collection = collection,
                Id = id,
                Model = row.TextOrNull(3),
                Vector = VectorBytes.Read(seal, collection, id, row.GetFieldValue<byte[]>(4), ref buffer).ToArray(),
                Text = seal.OpenText(collection, id, row.TextOrNull(5)),
            });
    }
}
