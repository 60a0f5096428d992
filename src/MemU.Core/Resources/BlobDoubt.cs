namespace MemU.Resources;

/// <summary>
/// Bytes of which it is not decided yet whether a source has them. Disposed before it is settled, it is left to the next use of the space, as when its process dies.
/// </summary>
/// <param name="keys">The blobs that there are with this hash, when the doubt is one that another left.</param>
/// <param name="forget">Removes what is remembered.</param>
/// <param name="leave">Leaves it to others.</param>
public sealed class BlobDoubt(IReadOnlyList<string> keys, Action forget, Action leave) : IDisposable
{
    private bool ended;

    /// <summary>Nothing is in doubt.</summary>
    public static BlobDoubt None => new([], () => { }, () => { });

    /// <summary>Blobs that are to be removed unless a source of the space has them.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>It is decided: a source has the bytes, or they are removed.</summary>
    public void Settle() => End(forget);

    /// <inheritdoc />
    public void Dispose() => End(leave);

    private void End(Action how)
    {
        if (!ended)
        {
            ended = true;
            how();
        }
    }
}
