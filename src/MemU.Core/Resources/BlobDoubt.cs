namespace MemU.Resources;

/// <summary>Bytes of which a process died before it was decided whether a source has them.</summary>
/// <param name="keys">The blobs that there are with this hash; none when the process died before it wrote.</param>
/// <param name="settled">Forgets the doubt.</param>
public sealed class BlobDoubt(IReadOnlyList<string> keys, Action settled) : IDisposable
{
    /// <summary>Blobs that are to be removed unless a source of the space has them.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>It is decided.</summary>
    public void Dispose() => settled();
}
