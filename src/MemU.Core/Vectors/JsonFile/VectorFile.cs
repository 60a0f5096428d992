using MemU.Files;
using Microsoft.Extensions.Logging;

namespace MemU.Vectors;

/// <summary>
/// A vector file on disk: snapshot, journal and index. Knows its present state, which is looked at for each operation so that other processes' writes
/// are seen, and lets one writer in at a time. Thread-safe.
/// </summary>
/// <param name="path">Its absolute path; a symbolic link is followed.</param>
/// <param name="time">The clock of the waiting for the lock.</param>
/// <param name="options">How it is kept.</param>
/// <param name="log">Told what is odd.</param>
internal sealed partial class VectorFile(string path, TimeProvider time, JsonFileOptions options, ILogger log)
{
    private const int Attempts = 20;
    private readonly SemaphoreSlim changing = new(1);
    private readonly SemaphoreSlim writing = new(1);
    private readonly VectorFileLocks locks = new(path, time);
    private readonly ChangeCount count = new();
    private volatile VectorFileState? current;
    private volatile bool isAppending;
    private VectorPaths? paths;

    /// <summary>The path as it was given.</summary>
    public string Path => path;

    /// <summary>The files that are really read and written.</summary>
    public VectorPaths Paths => paths ??= VectorPaths.Of(path, options.LeastIndexed);

    /// <summary>The file as it is now. The caller gives it back by disposing it.</summary>
    /// <exception cref="MemoryStoreException">The file is damaged or cannot be read.</exception>
    public Task<VectorFileState> UseAsync(string operation, CancellationToken cancellationToken) => Guarded(operation, () => PresentAsync(mayRest: true, cancellationToken));

    /// <summary>
    /// The same for one who holds the lock and is about to write: the files are looked at, whoever has done so a moment ago, because what another program wrote since
    /// must not be overwritten.
    /// </summary>
    /// <exception cref="MemoryStoreException">The file is damaged or cannot be read.</exception>
    public Task<VectorFileState> UseToWriteAsync(string operation, CancellationToken cancellationToken) =>
        Guarded(operation, () => PresentAsync(mayRest: false, cancellationToken));

    /// <summary>Reads from the file as it is now.</summary>
    /// <exception cref="MemoryStoreException">The file is damaged or cannot be read.</exception>
    public Task<T> ReadAsync<T>(Func<VectorFileState, T> read, CancellationToken cancellationToken) =>
        ReadAsync("read", state => ValueTask.FromResult(read(state)), cancellationToken);

    /// <summary>Reads from the file as it is now.</summary>
    /// <exception cref="MemoryStoreException">The file is damaged or cannot be read.</exception>
    public Task<T> ReadAsync<T>(string operation, Func<VectorFileState, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        return Guarded(operation, async () =>
        {
            for (var attempt = 1; ; attempt++)
            {
                using var state = await PresentAsync(mayRest: true, cancellationToken);
                try
                {
                    return await read(state);
                }
                catch (Exception e) when (e is SidecarDamage or SnapshotChanged && attempt < Attempts)
                {
                    await ForgetAsync(state, e, cancellationToken);
                }
            }
        });
    }

    /// <summary>The known state if it is still that of the files; null when they have to be read. The caller gives it back by disposing it.</summary>
    /// <exception cref="MemoryStoreException">The files cannot be looked at.</exception>
    public VectorFileState? Unchanged(string operation)
    {
        try
        {
            return Unchanged(mayRest: true);
        }
        catch (Exception e) when (Described(operation, e) is { } described)
        {
            throw described;
        }
    }

    /// <summary>Gives up a state that cannot be read on; a damaged index is removed, so that a new one is made.</summary>
    public async Task ForgetAsync(VectorFileState state, Exception cause, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            if (cause is SidecarDamage)
            {
                File.Delete(Paths.Sidecar);
            }

            if (current == state)
            {
                Replace(null);
            }
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>Waits for the lock and runs the work under it. Makes the folder of the file when it is missing.</summary>
    public async Task<T> LockedAsync<T>(string operation, Func<FileLock, Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await Guarded(operation, async () =>
            {
                var taken = await locks.TakeAsync(operation, Paths, cancellationToken);
                try
                {
                    // Only the holder of the lock writes there: it is what a process that died left, and it holds people's words.
                    if (File.Exists(Paths.Temporary))
                    {
                        File.Delete(Paths.Temporary);
                    }

                    return await work(taken);
                }
                finally
                {
                    count.Raise(taken);
                    locks.LetGo(taken);
                }
            });
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>
    /// Appends frames to the journal, and shows them when they are stored. The caller holds the lock. Meanwhile readers go on with what was there before.
    /// </summary>
    /// <param name="taken">The lock.</param>
    /// <param name="state">The present state.</param>
    /// <param name="append">Writes the frames and returns the journal.</param>
    /// <param name="entries">What each frame holds.</param>
    public void Append(FileLock taken, VectorFileState state, Func<VectorJournal> append, IReadOnlyList<IReadOnlyList<JournalEntry>> entries)
    {
        changing.Wait();
        isAppending = true;
        changing.Release();
        VectorJournal? journal = null;
        try
        {
            journal = append();
        }
        finally
        {
            // Before anybody is told.
            count.Raise(taken);
            changing.Wait();
            if (journal is not null)
            {
                state.OnAppended(journal);
                foreach (var group in entries)
                {
                    state.Apply(group);
                }
            }

            isAppending = false;
            changing.Release();
        }
    }

    /// <summary>Fails when somebody removed the lock file that is held: then another process may be writing too.</summary>
    public static void CheckHeld(FileLock taken, VectorPaths files)
    {
        if (!taken.IsHeld)
        {
            throw new IOException($"The lock file '{files.Lock}' was removed while it was in use.");
        }
    }

    /// <summary>Finds out whether the file could be written, and leaves nothing behind: no folder, no lock.</summary>
    /// <exception cref="MemoryStoreException">It could not.</exception>
    public Task ProbeAsync() => Guarded("open", () =>
    {
        var folder = Paths.Folder;
        while (!System.IO.Path.Exists(folder) && System.IO.Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        if (File.Exists(folder))
        {
            throw new IOException($"'{folder}' is a file, but must be a folder");
        }

        var probe = System.IO.Path.Combine(folder, $".{System.IO.Path.GetRandomFileName()}.tmp");
        File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        return Task.FromResult(true);
    });

    /// <summary>Runs work on the file and reports what goes wrong in words that help.</summary>
    public async Task<T> Guarded<T>(string operation, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Described(operation, e) is { } described)
        {
            throw described;
        }
    }

    /// <summary>What goes wrong with the file, in words that help; null for what is not the file's fault.</summary>
    public MemoryStoreException? Described(string operation, Exception e) => e switch
    {
        VectorFileDamage damage => VectorFileFault.Damaged(operation, path, damage),
        JournalDamage damage => VectorFileFault.Damaged(operation, path + ".journal", damage),
        IOException or UnauthorizedAccessException or SidecarDamage or SnapshotChanged => VectorFileFault.Unusable(operation, path, e),
        _ => null,
    };

    /// <summary>Closes what is open.</summary>
    public void Close()
    {
        locks.Close();
        Replace(null);
    }

    private async Task<VectorFileState> PresentAsync(bool mayRest, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Unchanged(mayRest) is { } known)
        {
            return known;
        }

        await changing.WaitAsync(cancellationToken);
        try
        {
            if (Unchanged(mayRest) is { } meanwhile)
            {
                return meanwhile;
            }

            if (current is not { } before || !TryReadOn(before))
            {
                Replace(await LoadAsync(Paths, cancellationToken));
            }

            count.Seek(Paths);

            current!.TryUse();
            return current;
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>The known state, in use, if it is still that of the files.</summary>
    /// <param name="mayRest">Whether a look counts that was taken a moment ago.</param>
    private VectorFileState? Unchanged(bool mayRest)
    {
        if (current is not { } known || !known.TryUse())
        {
            return null;
        }

        // What this process is appending right now is nobody's yet, and nobody else writes meanwhile.
        var changes = count.Now;
        if (isAppending || (mayRest && changes is { } now && known.Look.Holds(now)))
        {
            return known;
        }

        // The journal first: what it held is in the snapshot before it goes, so whoever finds it gone and then the old snapshot has missed nothing.
        var begun = known.Look.Begin();
        if (options.Look(Paths.Journal) == known.JournalFile && options.Look(Paths.Snapshot) == known.Snapshot.File)
        {
            if (changes is { } before)
            {
                known.Look.Found(before, begun);
            }

            return known;
        }

        known.Dispose();
        return null;
    }

    /// <summary>Reads what was appended to the journal, if that is all that has changed.</summary>
    private bool TryReadOn(VectorFileState known)
    {
        if (known.Journal is not { } journal || options.Look(Paths.Journal) != journal.File || options.Look(Paths.Snapshot) != known.Snapshot.File)
        {
            return false;
        }

        if (journal.File.Length == known.JournalFile.Length || !journal.HoldsLast())
        {
            // Changed, though nothing was appended, or something else stands in the place of what was read: all of it has to be looked at again.
            journal.Verify();
            if (!journal.HoldsLast())
            {
                return false;
            }
        }

        known.ReadOn();
        return true;
    }

    private async Task<VectorFileState> LoadAsync(VectorPaths files, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // The journal first: whoever replaces the snapshot says so in the journal before.
            var journalFile = FileIdentity.At(files.Journal);
            var journal = VectorJournal.Open(files.Journal);
            VectorFileState? state = null;
            try
            {
                state = new VectorFileState(await VectorSnapshot.OpenAsync(files, cancellationToken), journal, journalFile, options.Clock);
                state.Replay();
                if (!state.IsForeign || IsStill(journal!, files, state))
                {
                    return state.LacksSnapshot ? throw VectorFileFault.NoSnapshot("read", path, files.Journal) : Noticed(state);
                }
            }
            catch
            {
                journal?.Dispose();
                state?.Dispose();
                throw;
            }

            state.Dispose();
            if (attempt == Attempts)
            {
                throw new IOException("Its files were replaced faster than they could be read. Try again.");
            }
        }
    }

    /// <summary>True when snapshot and journal are still what was read, so that they really do not belong together.</summary>
    private static bool IsStill(VectorJournal journal, VectorPaths files, VectorFileState state)
    {
        using var now = VectorJournal.Open(files.Journal);
        return now is not null && now.Header == journal.Header && FileIdentity.At(files.Snapshot) == state.Snapshot.File;
    }

    private VectorFileState Noticed(VectorFileState state)
    {
        if (state.IsForeign)
        {
            ChangedBelow(path, state.Overlay.Count);
        }

        return state;
    }

    [LoggerMessage(1, LogLevel.Warning, "The vector file '{Path}' was changed by a program that does not know its journal; the journal's {Count} changes stay in force over it.")]
    private partial void ChangedBelow(string path, int count);

    private void Replace(VectorFileState? next)
    {
        var before = current;
        current = next;
        before?.Dispose();
    }
}
