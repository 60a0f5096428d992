namespace MemU.Resources;

/// <summary>
/// The port to the raw bytes of sources. Content-addressed inside each space: two spaces never share a blob, two files never collide.
/// Implementations are thread-safe and safe for several processes.
/// </summary>
public interface IBlobStore
{
    /// <summary>The provider's name, as in the settings: <c>memory</c>, <c>local</c>.</summary>
    string Provider { get; }

    /// <summary>Stores the bytes durably and atomically. Idempotent: the same bytes and name ending give the same key.</summary>
    /// <param name="scope">The space.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="fileName">Gives the key its ending (<c>.json</c>); null for none.</param>
    /// <param name="cancellationToken">Cancels; nothing is left behind.</param>
    Task<BlobReference> PutAsync(MemoryScope scope, ReadOnlyMemory<byte> content, string? fileName, CancellationToken cancellationToken);

    /// <summary>Opens the bytes for reading; null when the key is unknown in this space.</summary>
    Task<Stream?> OpenAsync(MemoryScope scope, string key, CancellationToken cancellationToken);

    /// <summary>Removes the bytes. Idempotent.</summary>
    Task DeleteAsync(MemoryScope scope, string key, CancellationToken cancellationToken);

    /// <summary>Removes every blob of the space, and what unfinished writes left. Idempotent.</summary>
    /// <returns>How many blobs there were.</returns>
    Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>All keys of the space, ordered.</summary>
    IAsyncEnumerable<string> ListAsync(MemoryScope scope, CancellationToken cancellationToken);

    /// <summary>
    /// Remembers, until it is settled, that it is being decided whether a source of the space has these bytes: taken before they are put and until the
    /// source is committed. When this process dies meanwhile, <see cref="TakeDoubtsAsync"/> tells the next one.
    /// </summary>
    /// <remarks>A store that ends with its process has nothing to remember. One that stands before another store passes this on.</remarks>
    Task<BlobDoubt> DoubtAsync(MemoryScope scope, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => Task.FromResult(BlobDoubt.None);

    /// <summary>The same for bytes that are kept under this key: taken before a source is removed or gets other bytes, until they are removed.</summary>
    Task<BlobDoubt> DoubtAsync(MemoryScope scope, string key, CancellationToken cancellationToken) => Task.FromResult(BlobDoubt.None);

    /// <summary>What processes that died left undecided in this space. Each is given to one caller only, who settles it.</summary>
    Task<IReadOnlyList<BlobDoubt>> TakeDoubtsAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<BlobDoubt>>([]);

    /// <summary>Keys of blobs in doubt, whether those who decide live or not: they are no defects.</summary>
    Task<IReadOnlyList<string>> ListDoubtfulAsync(MemoryScope scope, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);
}
