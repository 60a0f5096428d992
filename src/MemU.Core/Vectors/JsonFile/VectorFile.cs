using MemU.Files;
using Microsoft.Win32.SafeHandles;

namespace MemU.Vectors;

/// <summary>
/// A vector file on disk: read when it has changed, replaced as a whole under a lock that all processes share. Thread-safe.
/// </summary>
/// <param name="path">Its absolute path; a symbolic link is followed.</param>
/// <param name="time">The clock of the waiting for the lock.</param>
internal sealed class VectorFile(string path, TimeProvider time)
{
    private const int Attempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim reading = new(1);
    private readonly SemaphoreSlim writing = new(1);
    private volatile VectorFileContent content = VectorFileContent.Empty;

    /// <summary>The path as it was given.</summary>
    public string Path => path;

    /// <summary>The file that is really read and replaced.</summary>
    public string Target => new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    /// <summary>The lock beside the file. It may be removed whenever no process uses the file.</summary>
    public string LockPath => Target + ".lock";

    /// <summary>Where the next content is written. Only the holder of the lock touches it, so what a dead process left is simply overwritten.</summary>
    public string TemporaryPath => Target + ".tmp";

    /// <summary>The content of the file as it is now; from memory when the file has not changed.</summary>
    /// <exception cref="MemoryStoreException">The file is damaged or cannot be read.</exception>
    public async Task<VectorFileContent> ReadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Guarded("read", async () =>
        {
            if (content is { } known && known.Identity == FileIdentity.At(Target))
            {
                return known;
            }

            await reading.WaitAsync(cancellationToken);
            try
            {
                var target = Target;
                if (content.Identity != FileIdentity.At(target))
                {
                    content = await LoadAsync(target, cancellationToken);
                }

                return content;
            }
            finally
            {
                reading.Release();
            }
        });
    }

    /// <summary>Reads a file apart from what is kept in memory.</summary>
    /// <exception cref="VectorFileDamage">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<VectorFileContent> LoadAsync(string file, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            SafeFileHandle handle;
            try
            {
                handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous | FileOptions.SequentialScan);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return VectorFileContent.Empty;
            }

            using (handle)
            {
                var identity = FileIdentity.Of(handle);
                try
                {
                    var members = await VectorFileScan.ReadAsync(handle, cancellationToken);
                    if (identity == FileIdentity.Of(handle) || attempt == Attempts)
                    {
                        return new VectorFileContent(members, identity);
                    }
                }
                catch (VectorFileDamage) when (identity != FileIdentity.Of(handle) && attempt < Attempts)
                {
                    // The Python code writes in place: what was read was half old, half new. Read again.
                }
            }
        }
    }

    /// <summary>Finds out whether the file could be replaced, and leaves nothing behind: no folder, no lock.</summary>
    /// <exception cref="MemoryStoreException">It could not.</exception>
    public Task ProbeAsync() => Guarded("open", () =>
    {
        var folder = System.IO.Path.GetDirectoryName(Target)!;
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

    /// <summary>Waits for the lock and runs the work under it. Makes the folder of the file when it is missing.</summary>
    public async Task<T> LockedAsync<T>(string operation, Func<FileLock, Task<T>> work, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            return await Guarded(operation, async () =>
            {
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Target)!);
                using var taken = await FileLock.TryTakeAsync(LockPath, Patience, time, cancellationToken)
                    ?? throw VectorFileFault.Busy(operation, path, Patience);
                return await work(taken);
            });
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>Changes the content. Under the lock: reads what others wrote meanwhile, applies, replaces the file.</summary>
    public Task ChangeAsync(Func<VectorFileContent, Task<VectorFileContent>> change, CancellationToken cancellationToken) =>
        LockedAsync(
            "write",
            async taken =>
            {
                var before = await ReadAsync(cancellationToken);
                var after = await change(before);
                if (after != before)
                {
                    content = await ReplaceAsync(after, taken, cancellationToken);
                }

                return true;
            },
            cancellationToken);

    /// <summary>Replaces the file by what is written into the temporary file. The caller holds the lock.</summary>
    public async Task ReplaceAsync(FileLock taken, Func<FileStream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var target = Target;
        var before = FileIdentity.At(target);
        await AtomicFile.WriteAsync(
            target,
            TemporaryPath,
            async (stream, token) =>
            {
                await write(stream, token);
                await stream.FlushAsync(token);
                FileIdentity.After(before, stream.SafeFileHandle);
                if (!taken.IsHeld)
                {
                    throw new IOException($"The lock file '{LockPath}' was removed while it was in use.");
                }
            },
            cancellationToken);
    }

    /// <summary>Runs work on the file and reports what goes wrong in words that help.</summary>
    public async Task<T> Guarded<T>(string operation, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (VectorFileDamage e)
        {
            throw VectorFileFault.Damaged(operation, path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw VectorFileFault.Unusable(operation, path, e);
        }
    }

    private async Task<VectorFileContent> ReplaceAsync(VectorFileContent next, FileLock taken, CancellationToken cancellationToken)
    {
        using var source = next.Identity.Exists ? File.OpenHandle(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete) : null;
        if (source is not null && FileIdentity.Of(source) != next.Identity)
        {
            throw new IOException("The file was changed by a program that does not use its lock. Try again.");
        }

        IReadOnlyList<VectorFileMember> members = [];
        await ReplaceAsync(
            taken,
            async (stream, token) => members = await new VectorFileWriter(stream, source).WriteAsync(next, token),
            cancellationToken);
        return new VectorFileContent(members, FileIdentity.At(Target));
    }
}
