using MemU.Files;

namespace MemU.Vectors;

/// <summary>
/// Counts the changes of a vector file for all processes that have it open, in its lock file: who changes the files raises it before he says that he is done.
/// Thread-safe.
/// </summary>
internal sealed class ChangeCount
{
    // What it is when its file is about to go: whoever has it still looks for another.
    private const long Ended = -1;
    private volatile SharedNumber? number;

    /// <summary>How often the files were changed, from some number on; null when it cannot be told, and they have to be looked at.</summary>
    public long? Now => number is { } held && held.Value is var now && now != Ended ? now : null;

    /// <summary>Finds the count, if somebody counts. To be called when the files were found changed: whoever begins to count has changed them.</summary>
    public void Seek(VectorPaths paths)
    {
        if (Now is null)
        {
            number = SharedNumber.TryOpen(paths.Lock);
        }
    }

    /// <summary>The files were changed, or may have been.</summary>
    public void Raise(FileLock taken)
    {
        if (taken.Number is { } own && own.Value is var now && now != Ended)
        {
            own.Write(now + 1);
            number = own;
        }
    }

    /// <summary>Says that the lock file is about to go.</summary>
    public static void End(FileLock taken) => taken.Number?.Write(Ended);
}
