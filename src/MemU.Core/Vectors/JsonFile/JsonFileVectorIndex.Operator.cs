using System.Runtime.CompilerServices;
using MemU.Files;

namespace MemU.Vectors;

/// <summary>The operator's view of the file.</summary>
internal sealed partial class JsonFileVectorIndex
{
    private const string BackupName = "vectors.json";

    public string PartName => "vectors";

    // The file itself also before it is there: what is new stands in the journal until a clean close.
    public IReadOnlyList<string> Locations =>
        [.. new[] { file.Path, file.Paths.Snapshot }.Distinct(), .. new[] { file.Paths.Journal, file.Paths.Sidecar }.Where(File.Exists)];

    public async Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        if (!Path.Exists(file.Path) && !File.Exists(file.Paths.Journal))
        {
            return false;
        }

        try
        {
            return await file.ReadAsync(
                state => SpaceContent.Of(state).Any(c => c.Dimensions.Count > 0)
                    || state.Snapshot.Sidecar.Structure is var structure && structure.Members > structure.Collections.Count(c => c.Exists),
                cancellationToken);
        }
        catch (MemoryStoreException)
        {
            // What cannot be read may still be of worth to somebody.
            return true;
        }
    }

    /// <inheritdoc />
    public async Task<string?> FindCommittedAsync(CancellationToken cancellationToken) =>
        (File.Exists(file.Paths.Lock) || File.Exists(file.Paths.Journal)) && await HasDataAsync(cancellationToken) ? file.Path : null;

    public async Task<IReadOnlyList<MemoryScope>> ListSpacesAsync(CancellationToken cancellationToken) =>
        await file.ReadAsync<MemoryScope[]>(
            state => [.. SpaceContent.Of(state).Where(c => c.Dimensions.Count > 0).Select(c => c.Scope).OfType<MemoryScope>().Distinct()], cancellationToken);

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(folder, BackupName);
        await file.ReadAsync(
            "backup",
            async state =>
            {
                // A state stays what it is while it is used: snapshot and journal go together into one file, without holding back writers.
                if (state.Snapshot.Json is not null || state.Journal is not null)
                {
                    var writer = new SnapshotWriter(state, state.Overlay.Entries);
                    await AtomicFile.WriteAsync(
                        copy,
                        copy + ".tmp",
                        (target, token) =>
                        {
                            writer.Write(target, bytesCopied, token);
                            return Task.CompletedTask;
                        },
                        cancellationToken);
                    await CheckCopyAsync(copy, cancellationToken);
                }

                return true;
            },
            cancellationToken);
    }

    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var copy = Path.Combine(folder, BackupName);
        var exists = await new VectorFile(copy, TimeProvider.System, new JsonFileOptions(), log).Guarded("restore", async () =>
        {
            if (!Directory.Exists(folder))
            {
                throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
            }

            // Damaged backups are found before anything is replaced.
            return await VerifyAsync(copy, cancellationToken);
        });
        if (!exists)
        {
            await ResetAsync(cancellationToken);
            return;
        }

        await Folding();
        await file.LockedAsync(
            "restore",
            async taken =>
            {
                var paths = file.Paths;
                await using var source = Open(copy);
                using var journal = OpenWhole(paths.Journal);
                await new Checkpoint(paths, taken).ReplaceAsync((target, token) => CopyAsync(source, target, bytesCopied, token), journal, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Folding();
        if (!Directory.Exists(file.Paths.Folder))
        {
            return;
        }

        await file.LockedAsync(
            "reset",
            taken =>
            {
                // The snapshot last: without it, a journal that is still there says that something is missing.
                var paths = file.Paths;
                SidecarFile.RemoveLeftovers(paths);
                File.Delete(paths.Sidecar);
                File.Delete(paths.Journal);
                File.Delete(paths.Snapshot);
                File.Delete(paths.Temporary);
                if (!OperatingSystem.IsWindows())
                {
                    // Those who wait for it notice that it is gone and make a new one. Windows keeps an open file.
                    ChangeCount.End(taken);
                    File.Delete(paths.Lock);
                    File.Delete(paths.Writers);
                }

                FolderFlush.Run(paths.Folder);
                return Task.FromResult(true);
            },
            cancellationToken);
    }

    public async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var finding in await FindingsAsync(cancellationToken))
        {
            yield return finding;
        }
    }

    private async Task<IReadOnlyList<Finding>> FindingsAsync(CancellationToken cancellationToken)
    {
        var paths = file.Paths;
        try
        {
            // The JSON itself: what is known of it may have been read before it was damaged.
            await file.Guarded("read", () => VerifyAsync(paths.Snapshot, cancellationToken));
            return await file.ReadAsync(
                state =>
                {
                    state.Snapshot.Sidecar.Verify();
                    return (IReadOnlyList<Finding>)[.. VectorFileCheck.Run([.. SpaceContent.Of(state)], state.Overlay.Count), .. VectorFileCheck.OfFiles(state, paths)];
                },
                cancellationToken);
        }
        catch (MemoryStoreException e)
        {
            return [new Finding(FindingSeverity.Error, "damaged-vectors", e.Message, e.InnerException is VectorFileDamage ? VectorFileFault.Mend : VectorFileFault.MendJournal)];
        }
    }

    private static async Task CheckCopyAsync(string copy, CancellationToken cancellationToken)
    {
        try
        {
            await VerifyAsync(copy, cancellationToken);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    /// <summary>Reads a whole JSON file; false when there is none.</summary>
    private static async Task<bool> VerifyAsync(string json, CancellationToken cancellationToken)
    {
        if (!FileIdentity.At(json).Exists)
        {
            return false;
        }

        using var handle = FileBytes.OpenShared(json, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await VectorFileScan.ReadAsync(handle, new UniqueIds(), cancellationToken);
        return true;
    }

    /// <summary>The journal, read to its end; null when there is none. A damaged one goes: what is restored takes its place.</summary>
    private static VectorJournal? OpenWhole(string path)
    {
        VectorJournal? journal = null;
        try
        {
            journal = VectorJournal.Open(path);
            journal?.ReadOn(static (_, _, _) => { });
            return journal;
        }
        catch (JournalDamage)
        {
            journal?.Dispose();
            File.Delete(path);
            return null;
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);

    private static async Task CopyAsync(FileStream source, FileStream target, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 20];
        for (int read; (read = await source.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            bytesCopied?.Report(target.Position);
        }
    }
}
