namespace MemU.Files;

/// <summary>
/// Remembers that files were found as they are known. Who works with them as we do raises a number whenever he changes them, which is read from memory; as long as
/// that stays, only programs that know nothing of it can have changed them, and for those it is enough to look again after a moment: each look is a call to the
/// system, and a question to vectors in memory takes hardly longer than two of them. Thread-safe.
/// </summary>
/// <param name="clock">Measures how old the look is. Real time, whatever clock the host has: files do not wait for it.</param>
internal sealed class RecentLook(TimeProvider clock)
{
    /// <summary>How long a look counts.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMilliseconds(2);

    private volatile Look? last;

    /// <summary>True when they were found so a moment ago, and the number was this.</summary>
    /// <param name="number">The number as it is now.</param>
    public bool Holds(long number) => last is { } look && look.Number == number && clock.GetElapsedTime(look.At) < Lasting;

    /// <summary>To be called before looking; what it returns is for <see cref="Found"/>.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>They were found as they are known.</summary>
    /// <param name="number">The number as it was before the look.</param>
    /// <param name="begun">What <see cref="Begin"/> returned.</param>
    public void Found(long number, long begun) => last = new Look(number, begun);

    private sealed record Look(long Number, long At);
}
