namespace MemU.Vectors;

/// <summary>Folds journals into snapshots. Thread-safe.</summary>
/// <param name="file">The file.</param>
internal sealed class VectorFileFolding(VectorFile file)
{
    private const int Attempts = 3;

    /// <summary>Folds the journal into the snapshot; without a journal there is nothing to do.</summary>
    public Task FoldAsync(CancellationToken cancellationToken) => FoldAsync(static () => true, cancellationToken);

    /// <summary>Folds the journal into the snapshot unless somebody who has written is still there: the last one does it for all.</summary>
    public Task FoldLastAsync(CancellationToken cancellationToken) => FoldAsync(() => WriterMark.IsFree(file.Paths), cancellationToken);

    /// <summary>Rewrites everything without the entries of a space, so that no file holds a byte of them.</summary>
    /// <returns>How many entries there were.</returns>
    public async Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var erased = 0L;
        await RunAsync(
            "erase",
            state =>
            {
                erased = 0;
                List<JournalEntry> changes = [.. state.Overlay.Entries.Where(e => e.Scope != scope)];
                foreach (var collection in VectorCollections.All)
                {
                    var last = state.Overlay.LastOf(scope, collection);
                    var below = state.Snapshot.Sidecar.SegmentOf(scope, collection) is null ? [] : state.EntriesBelow(scope, collection, NoChanges);
                    changes.AddRange(below.Where(b => state.Overlay.Find(collection, b.Id) is not { } word || word.Scope == scope)
                        .Select(b => new JournalEntry(scope, collection, b.Id) { IsRemoval = true }));
                    erased += last.Values.Count(c => !c.IsRemoval) + below.Count(b => !last.ContainsKey(b.Id));
                }

                return state.Journal is null && state.Snapshot.Json is null ? null : changes;
            },
            cancellationToken);
        return erased;
    }

    private static Dictionary<string, JournalEntry> NoChanges => [];

    private Task FoldAsync(Func<bool> isWanted, CancellationToken cancellationToken)
    {
        bool? wanted = null;
        return RunAsync("checkpoint", state => (wanted ??= isWanted()) && state.Journal is not null ? state.Overlay.Entries : null, cancellationToken);
    }

    private Task RunAsync(string operation, Func<VectorFileState, IReadOnlyList<JournalEntry>?> changes, CancellationToken cancellationToken) =>
        file.LockedAsync(
            operation,
            async taken =>
            {
                var paths = file.Paths;
                SidecarFile.RemoveLeftovers(paths);
                for (var attempt = 1; ; attempt++)
                {
                    using var state = await file.UseToWriteAsync(operation, cancellationToken);
                    try
                    {
                        if (changes(state) is { } found)
                        {
                            // What is about to become the truth was read when it was appended; it may have been damaged since.
                            state.Journal?.Verify();
                            await new Checkpoint(paths, taken).RunAsync(state, found, cancellationToken);
                        }

                        return true;
                    }
                    catch (Exception e) when (e is SidecarDamage or SnapshotChanged && attempt < Attempts)
                    {
                        await file.ForgetAsync(state, e, cancellationToken);
                    }
                }
            },
            cancellationToken);
}
