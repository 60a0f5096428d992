using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// Folds the journal into the snapshot. The order makes every moment safe: the new snapshot is on the disk before the journal says so, the journal says so
/// before the snapshot is put in place, and only then the journal goes.
/// </summary>
/// <param name="paths">The files.</param>
/// <param name="taken">The lock, which the caller holds.</param>
internal sealed class Checkpoint(VectorPaths paths, FileLock taken)
{
    private string? index;

    /// <summary>Writes a snapshot that holds everything and begins anew without a journal.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="changes">What the journal says last of each id, and what else shall change.</param>
    /// <param name="cancellationToken">Cancels until the snapshot is put in place.</param>
    public async Task RunAsync(VectorFileState state, IReadOnlyList<JournalEntry> changes, CancellationToken cancellationToken)
    {
        var writer = new SnapshotWriter(state, changes);
        await ReplaceAsync(
            (stream, token) =>
            {
                writer.Write(stream, null, token);
                return Task.CompletedTask;
            },
            state.Journal,
            (file, identity) => index = SidecarFile.TryPrepare(paths, file, output => new SidecarMerge(state, changes, writer).Write(output, file, identity)),
            cancellationToken);
    }

    /// <summary>Puts another snapshot in place of the present one and of the journal.</summary>
    /// <param name="write">Writes the snapshot.</param>
    /// <param name="journal">The journal; null when there is none, or when it is not worth keeping.</param>
    /// <param name="cancellationToken">Cancels until the snapshot is put in place.</param>
    public Task ReplaceAsync(Func<FileStream, CancellationToken, Task> write, VectorJournal? journal, CancellationToken cancellationToken) =>
        ReplaceAsync(write, journal, static (_, _) => { }, cancellationToken);

    private async Task ReplaceAsync(
        Func<FileStream, CancellationToken, Task> write,
        VectorJournal? journal,
        Action<FileIdentity, SnapshotIdentity> beforePlacing,
        CancellationToken cancellationToken)
    {
        var before = FileIdentity.At(paths.Snapshot);
        try
        {
            await AtomicFile.WriteAsync(
                paths.Snapshot,
                paths.Temporary,
                async (stream, token) =>
                {
                    await write(stream, token);
                    await stream.FlushAsync(token);
                    stream.Flush(flushToDisk: true);
                    FileIdentity.After(before, stream.SafeFileHandle);
                    var identity = SnapshotIdentity.Of(stream.SafeFileHandle);
                    beforePlacing(FileIdentity.Of(stream.SafeFileHandle), identity);
                    VectorFile.CheckHeld(taken, paths);
                    journal?.Announce(paths.Journal, identity);
                },
                cancellationToken);
        }
        catch
        {
            Remove(index);
            throw;
        }

        try
        {
            PlaceIndex();
        }
        finally
        {
            File.Delete(paths.Journal);
            FolderFlush.Run(paths.Folder);
        }
    }

    private void PlaceIndex()
    {
        if (index is not null)
        {
            File.Move(index, paths.Sidecar, overwrite: true);
        }
        else
        {
            File.Delete(paths.Sidecar);
        }
    }

    private static void Remove(string? file)
    {
        if (file is not null)
        {
            File.Delete(file);
        }
    }
}
