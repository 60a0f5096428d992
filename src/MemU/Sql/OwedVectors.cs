using System.Data.Common;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Sql;

/// <summary>Vectors that another index is owed, in the table <c>owed_vectors</c>; a row without a vector is a removal.</summary>
internal sealed class OwedVectors(SqlSession session) : SqlVectorTarget
{
    private const string EpochOfSpace = $"(SELECT epoch FROM spaces WHERE {SqlSession.InSpace})";
    private const string NotSettled = $"sequence > CASE WHEN @epoch = COALESCE({EpochOfSpace}, 0) THEN @settled ELSE 0 END";

    // More are read from the table when it is their turn.
    private const int MostRemembered = 10_000;

    private readonly long[] sequence = new long[1];
    private SqlStatement? insert;
    private List<OwedVector>? written = [];
    private long first;

    public override bool KeepsWords => false;

    public override long BytesOf(IReadOnlyList<VectorRecord> records) => 0;

    public override Task UpsertAsync(VectorRecord record, CancellationToken cancellationToken) =>
        InsertAsync(
            record, record.Collection, record.Id, cancellationToken, record.Model,
            VectorBytes.ToBind(session.Seal, record.Collection, record.Id, record.Vector), session.Seal.SealText(record.Collection, record.Id, record.Text));

    public override Task RemoveAsync(string collection, string idQuery, string id, CancellationToken cancellationToken)
    {
        written = null;
        return session.ExecuteAsync(
            $"""
            INSERT INTO owed_vectors (tenant_id, user_id, agent_id, collection, id)
            SELECT @tenant_id, @user_id, @agent_id, @collection, removed.id FROM ({idQuery}) removed
            """,
            [("collection", collection), ("id", id)], cancellationToken);
    }

    public override Task RemoveAsync(string collection, string id, CancellationToken cancellationToken) =>
        InsertAsync(null, collection, id, cancellationToken, null, null, null);

    /// <summary>What the commit says that wrote these.</summary>
    public async Task<CommitReceipt> ReceiptAsync(SpaceState space, SettledDebt settled, CancellationToken cancellationToken)
    {
        if (written is not { Count: > 0 })
        {
            return new CommitReceipt(space.Revision, await AnyAsync(session, settled, cancellationToken));
        }

        var owesMore = await session.NumberAsync(
            $"SELECT CASE WHEN EXISTS (SELECT 1 FROM owed_vectors WHERE {SqlSession.InSpace} AND sequence > @after AND sequence < @first) THEN 1 ELSE 0 END",
            [("after", settled.Epoch == space.Epoch ? settled.Through : 0), ("first", first)], cancellationToken) == 1;
        return new CommitReceipt(space.Revision, true, owesMore ? null : [.. written.Select(w => w with { Epoch = space.Epoch })]);
    }

    public override Task CompleteAsync(SpaceState space, CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => insert?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>True when something is owed that was not delivered.</summary>
    public static async Task<bool> AnyAsync(SqlSession session, SettledDebt settled, CancellationToken cancellationToken) =>
        await session.NumberAsync(
            $"SELECT CASE WHEN EXISTS (SELECT 1 FROM owed_vectors WHERE {SqlSession.InSpace} AND {NotSettled}) THEN 1 ELSE 0 END", Values(settled), cancellationToken) == 1;

    /// <summary>How much is owed that was not delivered.</summary>
    public static Task<long> CountAsync(SqlSession session, SettledDebt settled, CancellationToken cancellationToken) =>
        session.NumberAsync($"SELECT COUNT(*) FROM owed_vectors WHERE {SqlSession.InSpace} AND {NotSettled}", Values(settled), cancellationToken);

    /// <summary>The oldest of what is owed and was not delivered.</summary>
    public static async Task<IReadOnlyList<OwedVector>> ListAsync(
        SqlSession session, IVectorSeal seal, SettledDebt settled, int limit, CancellationToken cancellationToken) =>
        await session.ListAsync(
            $"""
            SELECT sequence, collection, id, model, vector, text, COALESCE({EpochOfSpace}, 0)
            FROM owed_vectors WHERE {SqlSession.InSpace} AND {NotSettled} ORDER BY sequence LIMIT @limit
            """,
            [.. Values(settled), ("limit", limit)], (row, _) => Read(row, seal), cancellationToken);

    /// <summary>Strikes off what was delivered, unless the space has begun anew since.</summary>
    public static Task StrikeOffAsync(SqlSession session, SettledDebt settled, CancellationToken cancellationToken) =>
        session.ExecuteAsync(
            $"DELETE FROM owed_vectors WHERE {SqlSession.InSpace} AND sequence <= @settled AND @epoch = COALESCE({EpochOfSpace}, 0)", Values(settled), cancellationToken);

    private static (string, object?)[] Values(SettledDebt settled) => [("settled", settled.Through), ("epoch", settled.Epoch)];

    private async Task InsertAsync(VectorRecord? record, string collection, string id, CancellationToken cancellationToken, params object?[] values)
    {
        insert ??= session.Prepare(
            """
            INSERT INTO owed_vectors (tenant_id, user_id, agent_id, collection, id, model, vector, text)
            VALUES (@tenant_id, @user_id, @agent_id, @collection, @id, @model, @vector, @text) RETURNING sequence
            """,
            ["collection", "id", "model", "vector", "text"]);
        await insert.ReadNumbersAsync(sequence, cancellationToken, [collection, id, .. values]);
        first = first == 0 ? sequence[0] : first;
        written?.Add(new OwedVector(sequence[0], collection, id, record));
        if (written?.Count > MostRemembered)
        {
            written = null;
        }
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
            },
            row.GetInt64(6));
    }
}
