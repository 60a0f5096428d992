using MemU.Commit;
using MemU.Encryption;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// The operator's verbs, across all spaces: a capability apart from <see cref="MemoryService"/>, so that code that serves users cannot reach it.
/// Thread-safe.
/// </summary>
public sealed class MemoryMaintenance
{
    private readonly IMemoryStore store;
    private readonly IMemoryCatalog catalog;
    private readonly IVectorIndex index;
    private readonly IBlobStore blobs;
    private readonly EmbeddingModel? embedding;
    private readonly SpaceWriter writer;
    private readonly Reindexer reindexer;
    private readonly IReadOnlyList<ISpaceCache> caches;
    private readonly SpaceKeys? keys;
    private readonly TimeProvider time;
    private readonly FormerVectors? former;

    internal MemoryMaintenance(
        IMemoryStore store, IMemoryCatalog catalog, IVectorIndex index, IBlobStore blobs, EmbeddingModel? embedding, SpaceWriter writer, Reindexer reindexer,
        IEnumerable<ISpaceCache> caches, SpaceKeys? keys, TimeProvider time, FormerVectors? former = null)
    {
        this.store = store;
        this.catalog = catalog;
        this.index = index;
        this.blobs = blobs;
        this.embedding = embedding;
        this.writer = writer;
        this.reindexer = reindexer;
        this.caches = [.. caches];
        this.keys = keys;
        this.time = time;
        this.former = former;
    }

    private SpaceEraser Eraser => new(store, catalog, index, blobs, caches, keys is not null, time, former);

    private DataParts Parts => DataParts.Of(store, index, blobs, keys);

    /// <summary>Brings the data to this version; returns the steps applied.</summary>
    /// <exception cref="MemoryStoreException">The data cannot be read or written.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        progress?.Report(new MaintenanceProgress("migrate", 0));
        var steps = await catalog.MigrateAsync(cancellationToken);
        progress?.Report(new MaintenanceProgress("migrate", steps.Count, steps.Count));
        return steps;
    }

    /// <summary>All spaces that hold anything, ordered by tenant, user and agent.</summary>
    public IAsyncEnumerable<MemoryScope> ListSpacesAsync(CancellationToken cancellationToken = default) => catalog.ListSpacesAsync(cancellationToken);

    /// <summary>Counts and sizes of every space.</summary>
    public IAsyncEnumerable<SpaceStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        catalog.ListSpacesAsync(cancellationToken).Select((scope, token) => new ValueTask<SpaceStatistics>(new SpaceCounting(store, writer).RunAsync(scope, token)));

    /// <summary>
    /// Writes a consistent copy of everything into a new folder <c>memu-yyyyMMdd-HHmmss</c> (UTC) inside <paramref name="folder"/>, while others read and
    /// write; commits wait while metadata and vectors are copied. Progress is in bytes.
    /// </summary>
    /// <exception cref="ArgumentException">The folder is a file, or part of the data.</exception>
    /// <exception cref="MemoryStoreException">The data cannot be copied or the folder not be written. Nothing is left behind.</exception>
    public Task<BackupReport> BackUpAsync(string folder, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new BackupWriter(Parts, store, catalog, time).RunAsync(Folder(folder), progress, cancellationToken);

    /// <summary>Verifies a backup's manifest and replaces all data with it.</summary>
    /// <exception cref="MemUException">The backup is damaged. Nothing was changed.</exception>
    /// <exception cref="DataPresentException">There is data and <paramref name="overwrite"/> is false. Nothing was changed.</exception>
    public Task<BackupReport> RestoreAsync(
        string backupFolder, bool overwrite, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new BackupRestorer(Parts, store, catalog, writer).RunAsync(Folder(backupFolder), overwrite, progress, cancellationToken);

    /// <summary>What a reset would remove: files, folders and what they hold.</summary>
    public async Task<ResetPlan> PlanResetAsync(CancellationToken cancellationToken = default)
    {
        IReadOnlyList<string> locations = [.. Parts.Locations.Concat(former?.Part?.Locations ?? []).Where(Path.Exists)];
        try
        {
            var spaces = await GetStatisticsAsync(cancellationToken).ToListAsync(cancellationToken);
            return new ResetPlan(locations, spaces.Count, spaces.Sum(s => s.Resources), spaces.Sum(s => s.Items));
        }
        catch (MemoryStoreException)
        {
            // What cannot be read can still be removed; the plan says that it is not known.
            return new ResetPlan(locations, null, null, null);
        }
    }

    /// <summary>Removes all data of all spaces. There is no way back but a backup. Returns what was removed.</summary>
    /// <exception cref="MemoryStoreException">A part could not be emptied; reset again.</exception>
    public async Task<ResetPlan> ResetAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var plan = await PlanResetAsync(cancellationToken);
        using var undertaking = await catalog.BeginReplacingAsync("memu reset --yes", cancellationToken);
        IReadOnlyList<IDataPart> parts = former?.Part is { } left ? [.. Parts.All, left] : Parts.All;
        for (var i = 0; i < parts.Count; i++)
        {
            progress?.Report(new MaintenanceProgress($"reset {parts[i].PartName}", i, parts.Count));
            await parts[i].ResetAsync(cancellationToken);
        }

        undertaking.Done();
        progress?.Report(new MaintenanceProgress("reset", parts.Count, parts.Count));
        return plan;
    }

    /// <summary>
    /// Erases a space for good: rows, passages, history, vectors, kept files, caches, and what the files of the data folder still held of them. There is no
    /// way back but a backup or an export, and those are yours to remove. What others are memorizing into the space meanwhile, in any process, fails with
    /// <see cref="SpaceErasedException"/>. Idempotent: stopped half-way, the same call completes it.
    /// </summary>
    /// <exception cref="MemoryStoreException">A part could not be emptied or cleaned; call it again.</exception>
    public Task<ErasureReceipt> EraseAsync(MemoryScope scope, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Eraser.RunAsync([scope], progress, cancellationToken);
    }

    /// <summary>Erases several spaces at once, as <see cref="EraseAsync(MemoryScope, IProgress{MaintenanceProgress}, CancellationToken)"/> does one: the files are cleaned once.</summary>
    /// <exception cref="MemoryStoreException">A part could not be emptied or cleaned; call it again.</exception>
    public Task<ErasureReceipt> EraseAsync(IReadOnlyList<MemoryScope> scopes, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return Eraser.RunAsync(scopes, progress, cancellationToken);
    }

    /// <summary>Erases the spaces of a user with every agent, as <see cref="EraseAsync(MemoryScope, IProgress{MaintenanceProgress}, CancellationToken)"/> does.</summary>
    /// <param name="user">The user's id, exactly.</param>
    /// <param name="tenant">The tenant's id, exactly.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellationToken">Cancels until the first row is removed.</param>
    /// <exception cref="MemoryStoreException">A part could not be emptied or cleaned; call it again.</exception>
    public async Task<ErasureReceipt> EraseUserAsync(
        string user, string tenant = MemoryScope.DefaultId, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await Eraser.RunAsync(await ListSpacesOfAsync(user, tenant, cancellationToken), progress, cancellationToken);

    /// <summary>The spaces of a user, one for each agent; those of which only vectors are left included.</summary>
    public async Task<IReadOnlyList<MemoryScope>> ListSpacesOfAsync(string user, string tenant = MemoryScope.DefaultId, CancellationToken cancellationToken = default)
    {
        var asked = new MemoryScope(user, tenant: tenant);
        return [.. (await AllSpaces.ListAsync(catalog, index, former, cancellationToken)).Where(s => s.User == asked.User && s.Tenant == asked.Tenant)];
    }

    /// <summary>Searches the raw files for what erasures on record removed. Changes nothing.</summary>
    /// <exception cref="MemoryStoreException">A file cannot be read.</exception>
    public Task<DoctorReport> CheckErasedAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new ErasureCheck(Parts, catalog, blobs, former).RunAsync(progress, cancellationToken);

    /// <summary>Checks everything and says how to mend what is wrong. Changes nothing, asks no model.</summary>
    public Task<DoctorReport> CheckAsync(IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new Doctor(store, catalog, index, blobs, keys, embedding, former).RunAsync(progress, cancellationToken);

    /// <summary>Reindexes every space, and removes the vectors of spaces that are gone.</summary>
    /// <exception cref="ReasonerException">The embedding model failed; what was embedded so far is stored.</exception>
    public async Task<ReindexReport> ReindexAsync(
        ReindexOptions? options = null, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var sum = new ReindexReport(0, 0, 0, 0, 0, new ModelUsage());
        MemoryScope? last = null;
        foreach (var scope in await AllSpaces.ListAsync(catalog, index, former: null, cancellationToken))
        {
            last = scope;
            ReindexReport one;
            try
            {
                one = await reindexer.RunAsync(scope, options ?? new ReindexOptions(), progress, cancellationToken);
            }
            catch (SpaceErasedException)
            {
                // Somebody erased it meanwhile: there is nothing left to reindex.
                continue;
            }

            sum = new ReindexReport(
                sum.Delivered + one.Delivered, sum.Embedded + one.Embedded, sum.Reused + one.Reused, sum.Kept + one.Kept, sum.Removed + one.Removed,
                sum.Usage with
                {
                    EmbeddingCalls = sum.Usage.EmbeddingCalls + one.Usage.EmbeddingCalls,
                    EmbeddingTokens = sum.Usage.EmbeddingTokens + one.Usage.EmbeddingTokens,
                    ModelTime = sum.Usage.ModelTime + one.Usage.ModelTime,
                });
        }

        foreach (var scope in former is null ? [] : await former.ListSpacesAsync(cancellationToken))
        {
            // Of spaces that are gone, or have come since.
            if (await store.GetVersionAsync(scope, cancellationToken) == default)
            {
                last = scope;
                sum = sum with { Removed = sum.Removed + await former!.RemoveAsync(scope, cancellationToken) };
            }
        }

        if (last is not null && former is not null && await former.CountAsync(last, cancellationToken) == 0)
        {
            await former.EraseAsync(last, cancellationToken);
        }

        return sum;
    }

    /// <summary>
    /// Replaces the master key of an encrypted data folder: the key of every space is wrapped with the new one, no data is rewritten. A rotation that was cut short goes
    /// on when it is started again with the same two keys. This host goes on with the new key; other processes fail with their next operation until they are given it.
    /// Progress is in keys.
    /// </summary>
    /// <param name="newMasterKey">32 bytes.</param>
    /// <param name="progress">Told how many keys are done.</param>
    /// <param name="cancellationToken">Stops between two keys.</param>
    /// <returns>How many keys were wrapped anew.</returns>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    /// <exception cref="MemoryStoreException">The data is not encrypted, or not with the key of this host.</exception>
    public Task<int> RotateKeysAsync(
        ReadOnlyMemory<byte> newMasterKey, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RotateAsync(new MasterKey(newMasterKey.Span, "the new key"), progress, cancellationToken);

    /// <summary>Replaces the master key with the one in a file; see <see cref="RotateKeysAsync(ReadOnlyMemory{byte}, IProgress{MaintenanceProgress}?, CancellationToken)"/>.</summary>
    /// <exception cref="ArgumentException">The file cannot be read, or holds no key.</exception>
    /// <exception cref="MemoryStoreException">The data is not encrypted, or not with the key of this host.</exception>
    public Task<int> RotateKeysAsync(string newKeyFile, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RotateAsync(KeyFile.Read(newKeyFile), progress, cancellationToken);

    private Task<int> RotateAsync(MasterKey next, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken) => keys is null
        ? throw EncryptionFault.Make("rotate", "No key was given to this host, so there is none to replace. Give the present key.")
        : keys.RotateAsync(next, progress is null ? null : new KeyProgress(progress), cancellationToken);

    private static string Folder(string folder) =>
        string.IsNullOrWhiteSpace(folder) ? throw new ArgumentException("The folder is blank.", nameof(folder)) : folder;

    private sealed class KeyProgress(IProgress<MaintenanceProgress> progress) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new MaintenanceProgress("rotate keys", value));
    }
}
