using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// Erases spaces for good: the rows first, so that nothing of them is shown any more, then vectors, files and caches, and at last what the files of the
/// store still held of deleted rows. Stopped half-way, the same call completes it.
/// </summary>
internal sealed class SpaceEraser(
    IMemoryStore store, IMemoryCatalog catalog, IVectorIndex index, IBlobStore blobs, IEnumerable<ISpaceCache> caches, bool isEncrypted, TimeProvider time,
    FormerVectors? former = null)
{
    public async Task<ErasureReceipt> RunAsync(
        IReadOnlyList<MemoryScope> scopes, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        var copies = new SeedCopies(store, catalog, blobs);
        foreach (var scope in scopes)
        {
            // A damaged or read-only index is found before the first row is gone.
            await index.EnsureUsableAsync(scope, cancellationToken);
            if (former?.Part is not null)
            {
                await former.CountAsync(scope, cancellationToken);
            }

            if (!isEncrypted)
            {
                // Encrypted data has no copies of the Python code, and may have lost its key: then it can be erased, but not read.
                await copies.NoteAsync(scope, cancellationToken);
            }
        }

        List<IUndertaking> undertakings = [];
        try
        {
            foreach (var scope in scopes)
            {
                undertakings.Add(await store.BeginAsync(scope, "memu delete --space --yes", $"The erasure of the space of {scope}", cancellationToken));
            }

            var receipt = await EraseAsync(scopes, copies, progress);
            undertakings.ForEach(u => u.Done());
            return receipt;
        }
        finally
        {
            undertakings.ForEach(u => u.Dispose());
        }
    }

    private async Task<ErasureReceipt> EraseAsync(IReadOnlyList<MemoryScope> scopes, SeedCopies copies, IProgress<MaintenanceProgress>? progress)
    {
        // From here on it is not cancelled: half an erasure helps nobody.
        var erased = new List<ErasedSpace>();
        foreach (var scope in scopes)
        {
            progress?.Report(new MaintenanceProgress("erase", erased.Count, scopes.Count + 1));
            var rows = new SpaceErasure();
            await using var pause = await EraseRowsAsync(scope, more => rows = rows.Plus(more));
            var vectors = await index.EraseAsync(scope, CancellationToken.None);
            if (former is not null)
            {
                // Those in the tables went with the rows. Also where none is left: the journal of a process that was killed may still hold words of what was removed.
                vectors += await former.EraseAsync(scope, CancellationToken.None);
            }

            var files = await blobs.EraseAsync(scope, CancellationToken.None);
            foreach (var cache in caches)
            {
                cache.Forget(scope);
            }

            // What was owed to the index is counted once, wherever it was.
            erased.Add(new ErasedSpace(scope.Key, rows, index.IsPartOfStore ? rows.Vectors : Math.Max(vectors, rows.Vectors), files));
        }

        await copies.RemoveUnusedAsync(CancellationToken.None);
        progress?.Report(new MaintenanceProgress("clean the files", scopes.Count, scopes.Count + 1));
        await catalog.ScrubAsync(scopes, CancellationToken.None);
        progress?.Report(new MaintenanceProgress("erase", scopes.Count + 1, scopes.Count + 1));
        return new ErasureReceipt(time.GetUtcNow(), erased);
    }

    /// <summary>
    /// Erases the rows, and holds back commits while the vectors and files go: what somebody commits in between would lose its own. Who was faster than the pause
    /// is erased too.
    /// </summary>
    private async Task<IAsyncDisposable> EraseRowsAsync(MemoryScope scope, Action<SpaceErasure> count)
    {
        while (true)
        {
            count(await store.EraseAsync(scope, CancellationToken.None));
            var pause = await catalog.PauseWritesAsync(CancellationToken.None);
            try
            {
                var left = await store.GetStatisticsAsync(scope, CancellationToken.None);
                if (left.Resources + left.Passages + left.Items + left.Categories + left.History + left.OwedVectors == 0)
                {
                    return pause;
                }
            }
            catch
            {
                await pause.DisposeAsync();
                throw;
            }

            await pause.DisposeAsync();
        }
    }
}
