using Microsoft.Win32.SafeHandles;

namespace MemU.Files;

/// <summary>
/// The right to write, shared by all threads and processes that use one lock file. The system gives it back when its holder dies. The file itself stays, and may hold a number.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly (ulong, ulong)? identity;
    private SharedNumber? number;

    private FileLock(string path, SafeFileHandle file)
    {
        this.path = path;
        this.file = file;

        // A path that is too long to be looked at cannot be compared with it.
        identity = LinuxStatus.TryLook(path, followsLink: true, out _) is not null && LinuxStatus.TryLook(file, out var status) ? status.Identity : null;
    }

    /// <summary>
    /// False when somebody removed the lock file: then another process may hold a lock on a file that has taken its place, and nothing may be written.
    /// </summary>
    public bool IsHeld
    {
        get
        {
            // No other file has this identity as long as it is open here.
            if (identity is { } known && LinuxStatus.TryLook(path, followsLink: true, out var status) is { } isThere)
            {
                return isThere && status.Identity == known;
            }

            try
            {
                return File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file);
            }
            catch (IOException)
            {
                return false;
            }
        }
    }

    /// <summary>
    /// The number in the lock file, which only its holder writes; null where there is none. Then it is tried again each time: others may have found room for it
    /// meanwhile, and rely on it.
    /// </summary>
    public SharedNumber? Number => number ??= SharedNumber.TryMake(file);

    /// <summary>Waits until the lock is ours.</summary>
    /// <param name="path">The lock file; its folder must exist.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="time">The clock of the waiting.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The lock, or null when the patience ran out.</returns>
    public static async Task<FileLock?> TryTakeAsync(string path, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var pause = ShortestPause;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake(path, time) is { } taken)
            {
                return taken;
            }

            if (time.GetElapsedTime(start) >= patience)
            {
                return null;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>
    /// Gives the lock back and keeps the file open, so that <see cref="TryRetake"/> need not open it again, which costs more than all else about a lock. False where
    /// that cannot be done; then it has to be disposed.
    /// </summary>
    public bool TryLetGo() => identity is not null && LinuxLock.TryRelease(file);

    /// <summary>Takes a lock again that was let go, if nobody has it. False also when its file was removed meanwhile; then it has to be disposed.</summary>
    public bool TryRetake() => LinuxLock.TryTake(file) && IsHeld;

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private static FileLock? TryTake(string path, TimeProvider time)
    {
        SafeFileHandle file;
        try
        {
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }

        // The file may have been removed, and made anew by somebody else, between opening and locking it. Where its identity cannot be told, a time that only this
        // handle can have set (its fraction of a second is random) shows whether the path still leads to the file that is locked.
        var isHeld = false;
        try
        {
            var taken = new FileLock(path, file);
            if (taken.identity is null)
            {
                File.SetLastWriteTimeUtc(file, time.GetUtcNow().UtcDateTime.AddTicks(-Random.Shared.NextInt64(TimeSpan.TicksPerSecond)));
            }

            isHeld = taken.IsHeld;
            return isHeld ? taken : null;
        }
        finally
        {
            if (!isHeld)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>True when the file is open elsewhere, and not for another reason such as a full disk or a missing folder.</summary>
    public static bool IsTaken(IOException e) =>
        e is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && (OperatingSystem.IsWindows()
            ? (e.HResult & 0xFFFF) is 32 or 33
            : e.HResult is 11 or 35);
}
