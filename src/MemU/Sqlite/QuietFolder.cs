using MemU.Files;

namespace MemU.Sqlite;

/// <summary>
/// Tells by one look at a folder that nothing was made, removed or renamed in it since somebody looked at what it holds. What is written into its files does not
/// show. Only on Linux; elsewhere no folder is ever quiet. Thread-safe.
/// </summary>
/// <param name="path">The folder, absolute.</param>
/// <param name="clock">Measures how long the folder has been as it is.</param>
internal sealed class QuietFolder(string path, TimeProvider clock)
{
    // Files get times in steps: what happens within one step of the time that was seen would not show. Where times have no fraction, a step may be two seconds long.
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongStep = TimeSpan.FromSeconds(3);

    private volatile Look? found;
    private volatile Look? seen;

    /// <summary>True when nothing has come or gone since the last look that <see cref="Looked"/> was told of.</summary>
    public bool IsQuiet => seen is { } then && State == then.State;

    /// <summary>
    /// To be called before what the folder holds is looked at; what it returns is for <see cref="Looked"/>. Null when it is not certain that the last change lies so
    /// far back that the next one cannot leave the same time: it must have been found the same for so long. What the clock says does not count, nor whether the
    /// file system has another one.
    /// </summary>
    public Look? BeginLook()
    {
        if (State is not { } state)
        {
            return null;
        }

        if (found is not { } before || before.State != state)
        {
            found = new Look(state, clock.GetTimestamp());
            return null;
        }

        return clock.GetElapsedTime(before.At) > (state.Changed.Ticks % TimeSpan.TicksPerSecond == 0 ? LongStep : Step) ? before : null;
    }

    /// <summary>What was looked at since <see cref="BeginLook"/> may be relied on until something comes or goes.</summary>
    public void Looked(Look begun) => seen = begun;

    // The folder that the path leads to now, and a time of it that nobody can set.
    private ((ulong, ulong) Folder, DateTime Changed)? State =>
        LinuxStatus.TryLook(path, followsLink: true, out var status) == true && status.IsFolder ? (status.Identity, status.Changed) : null;

    /// <summary>How the folder was found, and when first.</summary>
    internal sealed record Look(((ulong, ulong) Folder, DateTime Changed) State, long At);
}
