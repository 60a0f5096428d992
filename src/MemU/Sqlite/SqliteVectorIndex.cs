using System.Data.Common;
using System.Runtime.CompilerServices;
using MemU.Sql;
using MemU.Vectors;
using Microsoft.Data.Sqlite;

namespace MemU.Sqlite;

/// <summary>
/// Vectors in the file of the metadata, written by the commits themselves. The first question reads those of the space's collection into memory; later ones
/// read what was committed since, by this process or another; where nothing was, they need not ask the database.
/// </summary>
internal sealed class SqliteVectorIndex(SqliteDatabase database, SpaceVectorsCache cache, IVectorSeals? seals = null) : IVectorIndex
{
    private const int RowsAtOnce = 500;

    private readonly IVectorSeals seals = seals ?? PlainVectors.Instance;

    public string Provider => "sqlite";

    public bool IsPartOfStore => true;

    public async Task EnsureUsableAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);

        // Opening it for writing may upgrade it: whoever has the wrong key must not.
        await seals.ToReadAsync(scope, cancellationToken);
        try
        {
            // Taking the write lock shows that the file can be written; nothing is.
            await using var write = await database.BeginWriteAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw database.Failure("open", e);
        }
    }

    public Task ApplyAsync(MemoryScope scope, VectorChanges changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.Check(changes);
        return IsEmpty(changes) ? Task.CompletedTask : ApplyAsync(scope, _ => Task.FromResult(changes), areDebts: false, cancellationToken);
    }

    public Task ApplyInTurnAsync(MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);

        // Debts are of a time when the vectors were elsewhere. Who holds the lock sees which of them are left, and settles them by the transaction that writes them.
        return ApplyAsync(scope, changes, areDebts: true, cancellationToken);
    }

    // The store's own erasure takes the vectors along.
    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        cache.Drop(scope);
        return Task.FromResult(0L);
    }

    public async Task RemoveDamagedAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var seal = await seals.ToReadAsync(scope, cancellationToken);
        try
        {
            await using var write = await database.BeginWriteAsync(cancellationToken);
            var session = write.InSpace(scope, seal);
            if (await SpaceTable.GetAsync(session, cancellationToken) is { } space && await VectorRepair.RunAsync(session, space, cancellationToken))
            {
                // Nobody goes on with what he holds: which vectors were taken out is not known of all.
                await session.ExecuteAsync("UPDATE spaces SET epoch = random() WHERE number = @number", [("number", space.Number)], cancellationToken);
                await SpaceTable.WriteAsync(session, space, cancellationToken);
                await write.CommitAsync();
            }
        }
        catch (DbException e)
        {
            throw database.Failure("mend vectors", e);
        }
    }

    public async Task<IReadOnlyList<VectorRecord>> GetAsync(
        MemoryScope scope, string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        VectorRules.CheckCollection(collection);
        return await ReadAsync(scope, [], session => VectorTable.GetAsync(session, collection, ids, cancellationToken), cancellationToken);
    }

    public async Task<VectorHits> QueryAsync(MemoryScope scope, VectorQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        VectorRules.Check(query);
        cancellationToken.ThrowIfCancellationRequested();
        var seal = await seals.ToReadAsync(scope, cancellationToken);

        // Before anything is read for which it vouches.
        var moment = Moment();
        return FindUnchanged(scope, seal, query.Collection, moment) is { } vectors
            ? vectors.Query(query)
            : await ReadAndQueryAsync(scope, seal, query, moment, cancellationToken);
    }

    public async IAsyncEnumerable<VectorRecord> ListAsync(
        MemoryScope scope, string collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        VectorRules.CheckCollection(collection);
        for (string? after = null; ;)
        {
            var rows = await ReadAsync<IReadOnlyList<VectorRecord>>(
                scope, [], session => VectorTable.ListAsync(session, collection, after, RowsAtOnce, cancellationToken), cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < RowsAtOnce)
            {
                yield break;
            }

            after = rows[^1].Id;
        }
    }

    private static bool IsEmpty(VectorChanges changes) => changes.Removed.Count + changes.Upserted.Count == 0;

    private async Task ApplyAsync(
        MemoryScope scope, Func<CancellationToken, Task<VectorChanges>> ask, bool areDebts, CancellationToken cancellationToken)
    {
        var seal = await seals.ToWriteAsync(scope, cancellationToken);
        try
        {
            await using var write = await database.BeginWriteAsync(cancellationToken);
            if (!seal.IsCurrent)
            {
                throw new ConcurrentChangeException($"The space of {scope} was erased meanwhile. Read again and retry.");
            }

            var changes = await ask(cancellationToken);
            VectorRules.Check(changes);
            if (IsEmpty(changes))
            {
                return;
            }

            var session = write.InSpace(scope, seal);
            await using var vectors = new StoredVectors(session, database.Dialect, areSearched: areDebts);
            var space = await SpaceTable.AdvanceAsync(session, database.Time.GetUtcNow(), vectors.BytesOf(changes.Upserted), cancellationToken);
            foreach (var (collection, id) in changes.Removed)
            {
                await vectors.RemoveAsync(collection, id, cancellationToken);
            }

            foreach (var record in changes.Upserted)
            {
                await vectors.UpsertAsync(record, cancellationToken);
            }

            await vectors.CompleteAsync(space, cancellationToken);
            await write.CommitAsync();
        }
        catch (DbException e)
        {
            throw database.Failure("write vectors", e);
        }
    }

    private long? Moment()
    {
        try
        {
            return database.Moment();
        }
        catch (DbException e)
        {
            throw database.Failure("read vectors", e);
        }
    }

    /// <summary>What is held of a space, if nothing was committed since it was found to be what the database holds: then the database need not be asked.</summary>
    private SpaceVectors? FindUnchanged(MemoryScope scope, IVectorSeal seal, string collection, long? moment) =>
        moment is { } now && cache.Find(scope, collection, now) is { } held && database.IsReady(now) && seal.IsCurrent ? held : null;

    private async Task<VectorHits> ReadAndQueryAsync(
        MemoryScope scope, IVectorSeal seal, VectorQuery query, long? moment, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await database.OpenForReadAsync(cancellationToken);
            var space = channel is null ? null : await SpaceTable.GetAsync(new SqlSession(channel, null, scope), cancellationToken);
            if (space is null)
            {
                cache.Drop(scope);
                return new VectorHits([], 0);
            }

            if (!seal.IsCurrent)
            {
                cache.Drop(scope);
            }

            var vectors = await cache.GetAsync(
                scope, query.Collection, new VectorsVersion(space.Epoch, space.Revision), moment,
                (held, version, token) => RefreshAsync(channel!, scope, seal, query.Collection, held, version, token), cancellationToken);
            return vectors.Query(query);
        }
        catch (Exception e) when (e is DbException or InvalidDataException)
        {
            throw database.Failure("read vectors", e);
        }
    }

    private static async ValueTask<VectorsVersion?> RefreshAsync(
        SqlChannel channel, MemoryScope scope, IVectorSeal seal, string collection, SpaceVectors vectors, VectorsVersion? held, CancellationToken cancellationToken)
    {
        await using var moment = Begin(channel);
        var session = new SqlSession(channel, moment, scope) { Seal = seal };

        if (await SpaceTable.GetAsync(session, cancellationToken) is not { } space)
        {
            // Gone meanwhile, with everything that was held of it.
            return held is null ? new VectorsVersion(0, 0) : null;
        }

        if (held is { } version && (version.Epoch != space.Epoch || version.Revision < space.RemovalsAfter))
        {
            return null;
        }

        await VectorLoading.RunAsync(session, space, collection, vectors, held?.Revision, cancellationToken);
        return new VectorsVersion(space.Epoch, space.Revision);
    }

    private static SqliteTransaction Begin(SqlChannel channel) => ((SqliteConnection)channel.Connection).BeginTransaction(deferred: true);

    private async Task<T> ReadAsync<T>(MemoryScope scope, T whenEmpty, Func<SqlSession, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var seal = await seals.ToReadAsync(scope, cancellationToken);
        try
        {
            await using var channel = await database.OpenForReadAsync(cancellationToken);
            if (channel is null)
            {
                return whenEmpty;
            }

            await using var moment = Begin(channel);
            return await read(new SqlSession(channel, moment, scope) { Seal = seal });
        }
        catch (Exception e) when (e is DbException or InvalidDataException)
        {
            throw database.Failure("read vectors", e);
        }
    }
}
