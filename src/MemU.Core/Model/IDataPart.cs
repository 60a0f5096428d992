namespace MemU;

/// <summary>
/// The operator's view of one part of the data (metadata, vectors, blobs, keys), across all spaces: what maintenance needs to copy,
/// restore, empty and check it. Users' code never sees it. Implementations are thread-safe.
/// </summary>
public interface IDataPart
{
    /// <summary><c>metadata</c>, <c>vectors</c>, <c>blobs</c> or <c>keys</c>; also the name of the part's folder in a backup.</summary>
    string PartName { get; }

    /// <summary>The files and folders that hold the data, absolute; empty when it lives in memory or in another part.</summary>
    IReadOnlyList<string> Locations { get; }

    /// <summary>True when there is anything that a restore would overwrite.</summary>
    Task<bool> HasDataAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Copies a consistent state into an existing empty folder, while others read and write. Blobs never change, so the blobs part may be
    /// called again with the same folder: it then copies only what is missing there, each blob into a file whose path below the folder is its key.
    /// </summary>
    /// <param name="folder">Where to.</param>
    /// <param name="bytesCopied">Told the bytes copied so far by this call.</param>
    /// <param name="cancellationToken">Cancels; what was copied so far is for the caller to remove.</param>
    /// <exception cref="MemoryStoreException">The data cannot be copied (for example because it lives in memory).</exception>
    Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces all data with what <see cref="BackUpAsync"/> wrote into the folder, or fails and leaves it as it was. Other processes may have it open.
    /// </summary>
    Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken);

    /// <summary>Removes all data of all spaces; side files included. Idempotent.</summary>
    Task ResetAsync(CancellationToken cancellationToken);

    /// <summary>Checks the part by itself: readable, well-formed, consistent.</summary>
    IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken);
}
