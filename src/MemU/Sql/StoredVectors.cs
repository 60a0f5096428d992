using System.Data.Common;

namespace MemU.Sql;

/// <summary>Vectors in the database itself, in the table <c>vectors</c>.</summary>
internal sealed class StoredVectors(SqlSession session, SqlDialect dialect) : SqlVectorTarget
{
    private static readonly string[] Columns = ["tenant_id", "user_id", "agent_id", "collection", "id", "model", "vector", "text"];
    private static readonly string[] Key = ["tenant_id", "user_id", "agent_id", "collection", "id"];

    private SqlStatement? upsert;

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken)
    {
        upsert ??= session.Prepare(dialect.Upsert("vectors", Columns, Key), ["collection", "id", "model", "vector", "text"]);
        return upsert.ExecuteAsync(cancellationToken, record.Collection, record.Id, record.Model, VectorBytes.From(record.Vector.Span), record.Text);
    }

    public override Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"DELETE FROM vectors WHERE {SqlSession.InSpace} AND collection = @collection AND id IN ({idQuery})",
            [("collection", collection), ("id", id)], cancellationToken);

    public override Task RemoveAsync(string collection, string id, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"DELETE FROM vectors WHERE {SqlSession.InSpace} AND collection = @collection AND id = @id",
            [("collection", collection), ("id", id)], cancellationToken);

    public override ValueTask DisposeAsync() => upsert?.DisposeAsync() ?? ValueTask.CompletedTask;

    public static async Task<IReadOnlyList<VectorRecord>> GetAsync(
        SqlSession session, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await session.ListByIdAsync(
            $"SELECT id, model, vector, text FROM vectors WHERE {SqlSession.InSpace} AND collection = @collection AND id IN (@ids)",
            ids, (row, _) => Read(row, collection), cancellationToken, ("collection", collection)))
        .InOrderOf(ids, v => v.Id);

    /// <summary>Entries of a collection after an id, in order of id.</summary>
    public static Task<List<VectorRecord>> ListAsync(SqlSession session, string collection, string? after, int limit, CancellationToken cancellationToken) =>
        session.ListAsync(
            $"""
            SELECT id, model, vector, text FROM vectors
            WHERE {SqlSession.InSpace} AND collection = @collection{(after is null ? "" : " AND id > @after")} ORDER BY id LIMIT @limit
            """,
            [("collection", collection), ("after", after), ("limit", limit)], (row, _) => Read(row, collection), cancellationToken);

    private static VectorRecord Read(DbDataReader row, string collection) => new()
    {
        Collection = collection,
        Id = row.GetString(0),
        Model = row.TextOrNull(1),
        Vector = VectorBytes.Read(row.GetFieldValue<byte[]>(2)).ToArray(),
        Text = row.TextOrNull(3),
    };
}
