using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// Takes the lock of a vector file, for one writer of this process at a time. Between two writes its file stays open where the system can do without closing it:
/// to open it costs more than to take the lock.
/// </summary>
/// <param name="path">The vector file, as it was given.</param>
/// <param name="time">The clock of the waiting.</param>
internal sealed class VectorFileLocks(string path, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private FileLock? idle;
    private volatile bool isClosed;

    /// <summary>Waits for the lock. Makes its folder when it is missing.</summary>
    public async Task<FileLock> TakeAsync(string operation, VectorPaths files, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref idle, null) is { } kept)
        {
            var isOurs = false;
            try
            {
                isOurs = kept.TryRetake();
                if (isOurs)
                {
                    return kept;
                }
            }
            finally
            {
                // Also when its path cannot be looked at, which throws: else it would hold everybody up, and nobody would know of it.
                if (!isOurs)
                {
                    kept.Dispose();
                }
            }
        }

        try
        {
            return await WaitAsync(operation, files, cancellationToken);
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(files.Folder);
            return await WaitAsync(operation, files, cancellationToken);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void LetGo(FileLock taken)
    {
        if (isClosed || !taken.TryLetGo())
        {
            taken.Dispose();
            return;
        }

        Interlocked.Exchange(ref idle, taken)?.Dispose();
        if (isClosed)
        {
            // Closed meanwhile: whoever is still at work leaves nothing open behind.
            Close();
        }
    }

    /// <summary>Closes what is open.</summary>
    public void Close()
    {
        isClosed = true;
        Interlocked.Exchange(ref idle, null)?.Dispose();
    }

    /// <summary>Waits for the lock. Folding a large file takes long: as long as its copy grows, nobody gives up.</summary>
    private async Task<FileLock> WaitAsync(string operation, VectorPaths files, CancellationToken cancellationToken)
    {
        for (FileIdentity? seen = null; ;)
        {
            if (await FileLock.TryTakeAsync(files.Lock, Patience, time, cancellationToken) is { } taken)
            {
                return taken;
            }

            var now = FileIdentity.At(files.Temporary);
            if (!now.Exists || now == seen)
            {
                throw VectorFileFault.Busy(operation, path, Patience);
            }

            seen = now;
        }
    }
}
