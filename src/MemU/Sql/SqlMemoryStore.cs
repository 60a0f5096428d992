using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemU.Sql;

/// <summary>The metadata in a SQL database. Every statement is bound to one space; each commit is one transaction.</summary>
internal sealed partial class SqlMemoryStore(
    SqlDatabase database, bool holdsVectors, TimeProvider time, IVectorSeals? seals = null, ILogger<SqlMemoryStore>? log = null)
    : IMemoryStore, IMemoryCatalog, IDataPart, IAsyncDisposable, IDisposable
{
    private const int ManyRows = 200;

    private readonly IVectorSeals seals = seals ?? PlainVectors.Instance;
    private readonly ILogger log = log ?? NullLogger<SqlMemoryStore>.Instance;
    private readonly SettledDebts settled = new();
    private readonly ConcurrentDictionary<MemoryScope, LastDebts> lastDebts = new();
    private volatile KnownVersion? lastVersion;

    public string Provider => database.Provider;

    public string PartName => "metadata";

    public IReadOnlyList<string> Locations => database.Locations;

    public async Task<CommitReceipt> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        SqlRules.Check(scope, changes);
        var seal = await seals.ToWriteAsync(scope, cancellationToken);
        var removes = Removes(changes);

        // What this commit writes over may stay until then. Rows stay behind at least one debt only: where nothing is owed nobody would look for them after this
        // process was killed.
        var keep = removes || holdsVectors ? 0 : Math.Max(SettledDebts.MostRows, changes.Vectors.Count);
        var delivered = removes || changes.Vectors.Count > 0 ? settled.ToStrikeOff(scope, removes) : null;
        var kept = 0;
        var version = default(SpaceVersion);
        var receipt = await WriteAsync("commit", KindOf(changes), transaction => transaction.InSpace(scope, seal), async session =>
        {
            if (delivered is { } debt)
            {
                kept = await OwedVectors.StrikeOffAsync(session, database.Dialect, debt, keep, remember: !holdsVectors, cancellationToken);
            }

            var owed = holdsVectors ? null : new OwedVectors(session, database.Dialect);
            await using var vectors = new EmbeddedTexts(session, database.Dialect, owed ?? (SqlVectorTarget)new StoredVectors(session, database.Dialect, areSearched: true));
            var space = await new SqlCommit(session, database.Dialect, vectors, changes, cancellationToken).RunAsync(time.GetUtcNow());

            // Where the vectors are in this database nothing is owed.
            version = new SpaceVersion(space.Epoch, space.Revision);
            return owed is null ? new CommitReceipt(space.Revision, false) : owed.Receipt(space, settled.Of(scope));
        }, moment => lastVersion = new KnownVersion(scope, version, moment), cancellationToken);
        if (delivered is { } struckOff)
        {
            settled.OnStruckOff(scope, struckOff, kept > changes.Vectors.Count ? kept : 0);
        }

        return receipt;
    }

    public async Task<SpaceVersion> GetVersionAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();

        // Before the version for which it vouches is read.
        var moment = Moment();
        if (moment is { } now && lastVersion is { } known && known.Moment == now && known.Scope == scope && database.IsReady(now))
        {
            return known.Version;
        }

        var version = await ReadAsync(scope, default, s => SpaceTable.GetVersionAsync(s, cancellationToken), cancellationToken);
        if (moment is { } then)
        {
            lastVersion = new KnownVersion(scope, version, then);
        }

        return version;
    }

    public Task<Resource?> GetResourceByUrlAsync(MemoryScope scope, string url, CancellationToken cancellationToken) =>
        ReadAsync(scope, null, s => ResourceTable.GetByUrlAsync(s, url, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Resource>> GetResourcesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, [], s => ResourceTable.GetAsync(s, ids, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<Passage>> GetPassagesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, [], s => PassageTable.GetAsync(s, ids, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> GetItemsAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, [], s => ItemTable.GetAsync(s, ids, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<MemoryCategory>> GetCategoriesAsync(MemoryScope scope, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(scope, [], s => CategoryTable.GetAsync(s, ids, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<MemoryItem>> GetItemsBySummaryAsync(MemoryScope scope, IReadOnlyCollection<string> summaries, CancellationToken cancellationToken) =>
        ReadAsync(scope, [], s => ItemTable.GetBySummaryAsync(s, summaries, cancellationToken), cancellationToken);

    public Task<Page<Resource>> ListResourcesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, new([], null), s => ResourceTable.ListAsync(s, page, cancellationToken), cancellationToken);

    public Task<Page<Passage>> ListPassagesAsync(MemoryScope scope, string? resourceId, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, new([], null), s => PassageTable.ListAsync(s, resourceId, page, cancellationToken), cancellationToken);

    public Task<Passage?> GetLastPassageAsync(MemoryScope scope, string resourceId, CancellationToken cancellationToken) =>
        ReadAsync(scope, null, s => PassageTable.GetLastAsync(s, resourceId, cancellationToken), cancellationToken);

    public Task<Page<MemoryItem>> ListItemsAsync(MemoryScope scope, ItemFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, new([], null), s => ItemTable.ListAsync(s, filter, page, cancellationToken), cancellationToken);

    public Task<Page<MemoryCategory>> ListCategoriesAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, new([], null), s => CategoryTable.ListAsync(s, page, cancellationToken), cancellationToken);

    public Task<Page<CategoryItem>> ListLinksAsync(MemoryScope scope, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, new([], null), s => LinkTable.ListAsync(s, page, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<CategoryItem>> GetLinksAsync(MemoryScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken) =>
        ReadAsync(scope, [], s => LinkTable.GetAsync(s, itemIds, cancellationToken), cancellationToken);

    public Task<Page<ItemRevision>> ListHistoryAsync(MemoryScope scope, string? itemId, PageRequest page, CancellationToken cancellationToken) =>
        ReadAsync(scope, new([], null), s => HistoryTable.ListAsync(s, itemId, page, cancellationToken), cancellationToken);

    public Task<bool> OwesVectorsAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        ReadAsync(scope, false, s => OwedVectors.AnyAsync(s, settled.Of(scope), cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<OwedVector>> ListOwedVectorsAsync(MemoryScope scope, int limit, CancellationToken cancellationToken)
    {
        var seal = await seals.ToReadAsync(scope, cancellationToken);
        if (!lastDebts.TryRemove(scope, out var last))
        {
            last = new LastDebts();
        }

        var owed = await ReadAsync(scope, [], s => OwedVectors.ListAsync(s, seal, settled.Of(scope), limit, last, cancellationToken), cancellationToken);
        if (owed.Count == limit)
        {
            // Whoever goes on with what comes after it need not have all of that read again.
            lastDebts[scope] = last;
        }

        return owed;
    }

    public async Task SettleOwedVectorsAsync(MemoryScope scope, IReadOnlyCollection<OwedVector> delivered, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var areMany = settled.AreMany;
        if (delivered.Count > 0)
        {
            settled.Note(scope, delivered);
        }

        // Commits that write vectors into this database themselves say nothing of them here: an old debt that was delivered again would come over what they wrote.
        if ((areMany || holdsVectors) && settled.Largest() is var (space, debt))
        {
            await StrikeOffAsync(space, debt, cancellationToken);
        }
    }

    public async Task<SpaceErasure> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var erasure = await WriteAsync(scope, "erase", session => SqlErasure.RunAsync(session, time.GetUtcNow(), cancellationToken), cancellationToken);
        settled.Forget(scope);
        return erasure;
    }

    public Task<long> GetErasureMarkAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        ReadAsync(scope, 0L, s => SqlErasure.MarkAsync(s, cancellationToken), cancellationToken);

    public Task<bool> IsErasedSinceAsync(MemoryScope scope, long mark, CancellationToken cancellationToken) =>
        ReadAsync(scope, mark > 0, s => SqlErasure.IsErasedSinceAsync(s, mark, cancellationToken), cancellationToken);

    public Task ScrubAsync(IReadOnlyCollection<MemoryScope> erased, CancellationToken cancellationToken) => database.ScrubAsync(erased, cancellationToken);

    public async IAsyncEnumerable<ErasureRecord> ListErasuresAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var erasure in await ReadAllAsync([], connection => SqlErasure.ListAsync(connection, cancellationToken), cancellationToken))
        {
            yield return erasure;
        }
    }

    public Task<IReadOnlySet<string>> ListKnownIdsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ReadAllAsync<IReadOnlySet<string>>(new HashSet<string>(), connection => SqlErasure.KnownAsync(connection, ids, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<EmbeddedText>> FindEmbeddedTextsAsync(
        MemoryScope scope, string model, IReadOnlyCollection<string> textHashes, CancellationToken cancellationToken)
    {
        var seal = await seals.ToReadAsync(scope, cancellationToken);
        return await ReadAsync(scope, [], s => EmbeddedTexts.FindAsync(s, seal, model, textHashes, cancellationToken), cancellationToken);
    }

    public async Task ForgetDamagedTextsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        // Mostly there are none, and nothing is written.
        if (await ReadAsync(scope, false, s => EmbeddedBlocks.AreDamagedAsync(s, cancellationToken), cancellationToken))
        {
            await WriteAsync(scope, "reindex", session => EmbeddedBlocks.ForgetDamagedAsync(session, cancellationToken), cancellationToken);
        }
    }

    public Task<SpaceStatistics> GetStatisticsAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        ReadAsync(
            scope, new SpaceStatistics { Scope = scope },
            s => SpaceTable.GetStatisticsAsync(s, database.Dialect, settled.Of(scope), cancellationToken), cancellationToken);

    public Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken) => database.MigrateAsync(cancellationToken);

    public async IAsyncEnumerable<MemoryScope> ListSpacesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (tenant, user, agent) in await ReadAllAsync([], connection => SpaceTable.ListAsync(connection, cancellationToken), cancellationToken))
        {
            // The check reports ids that the Python code let through and that no scope can have.
            if (SqlRules.TryMake(tenant, user, agent) is { } scope)
            {
                yield return scope;
            }
        }
    }

    public Task<IAsyncDisposable> PauseWritesAsync(CancellationToken cancellationToken) => database.PauseWritesAsync(cancellationToken);

    public Task<IUndertaking> BeginReplacingAsync(string command, CancellationToken cancellationToken) =>
        database.BeginReplacingAsync(command, cancellationToken);

    public Task<IUndertaking> BeginAsync(MemoryScope scope, string command, string what, CancellationToken cancellationToken) =>
        database.BeginAsync(scope, command, what, cancellationToken);

    public Task<bool> HasDataAsync(CancellationToken cancellationToken) => database.HasDataAsync(cancellationToken);

    public Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        database.BackUpAsync(folder, bytesCopied, cancellationToken);

    public Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        database.RestoreAsync(folder, bytesCopied, cancellationToken);

    public Task ResetAsync(CancellationToken cancellationToken) => database.ResetAsync(cancellationToken);

    public IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken) => database.CheckAsync(cancellationToken);

    /// <summary>Strikes off what was delivered. Where that fails the next one who looks finds out that the index has it.</summary>
    public async ValueTask DisposeAsync()
    {
        while (settled.Largest() is var (scope, debt))
        {
            try
            {
                await StrikeOffAsync(scope, debt, CancellationToken.None);
            }
            catch (MemoryStoreException e)
            {
                StrikingFailed(e);
                return;
            }
        }
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose() => Task.Run(async () => await DisposeAsync()).GetAwaiter().GetResult();

    private async Task StrikeOffAsync(MemoryScope scope, SettledDebt debt, CancellationToken cancellationToken)
    {
        // No database owes nothing, and is not made for it. If a power failure undoes this they are delivered once more: the disk need not be waited for.
        if (await ReadAsync(scope, false, static _ => Task.FromResult(true), cancellationToken))
        {
            // Where the vectors are in this database no text of a debt is looked at.
            var seal = holdsVectors ? PlainVectors.Instance : await seals.ToReadAsync(scope, cancellationToken);
            await WriteAsync("settle", SqlWriteKind.MayBeLost, transaction => transaction.InSpace(scope, seal), async session =>
            {
                await OwedVectors.StrikeOffAsync(session, database.Dialect, debt, keep: 0, remember: !holdsVectors, cancellationToken);
                return true;
            }, null, cancellationToken);
        }

        settled.OnStruckOff(scope, debt, kept: 0);
    }

    private static bool Removes(MemoryChanges changes) =>
        changes.RemovedResources.Count + changes.RemovedPassages.Count + changes.RemovedItems.Count + changes.RemovedCategories.Count + changes.RemovedVectors.Count > 0;

    private static SqlWriteKind KindOf(MemoryChanges changes) =>
        changes.Items.Count + changes.Passages.Count + changes.Vectors.Count < ManyRows ? SqlWriteKind.Small : SqlWriteKind.Large;

    private async Task<T> ReadAsync<T>(MemoryScope scope, T whenEmpty, Func<SqlSession, Task<T>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        try
        {
            await using var channel = await database.OpenForReadAsync(cancellationToken);
            return channel is null ? whenEmpty : await read(new SqlSession(channel, null, scope));
        }
        catch (Exception e) when (e is DbException or InvalidDataException)
        {
            throw database.Failure("read", e);
        }
    }

    // Across spaces: for the operator's verbs only.
    private async Task<T> ReadAllAsync<T>(T whenEmpty, Func<DbConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            await using var channel = await database.OpenForReadAsync(cancellationToken);
            return channel is null ? whenEmpty : await read(channel.Connection);
        }
        catch (DbException e)
        {
            throw database.Failure("read", e);
        }
    }

    private Task<T> WriteAsync<T>(MemoryScope scope, string operation, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(operation, SqlWriteKind.Small, transaction => transaction.InSpace(scope), write, null, cancellationToken);

    private long? Moment()
    {
        try
        {
            return database.Moment();
        }
        catch (DbException e)
        {
            throw database.Failure("read", e);
        }
    }

    private async Task<T> WriteAsync<T>(
        string operation, SqlWriteKind kind, Func<SqlWrite, SqlSession> open, Func<SqlSession, Task<T>> write, Action<long>? committed,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await database.BeginWriteAsync(kind, cancellationToken);
            var result = await write(open(transaction));
            cancellationToken.ThrowIfCancellationRequested();
            await transaction.CommitAsync();
            if (committed is not null && transaction.Moment is { } moment)
            {
                committed(moment);
            }

            return result;
        }
        catch (Exception e) when (e is DbException or InvalidDataException)
        {
            throw database.Failure(operation, e);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Vectors that were delivered could not be struck off as owed; that is found out and made up for at the next use of their space.")]
    private partial void StrikingFailed(Exception exception);
}
