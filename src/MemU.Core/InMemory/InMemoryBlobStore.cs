using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using MemU.Resources;

namespace MemU.InMemory;

/// <summary>Keeps blobs in the memory of this process.</summary>
internal sealed class InMemoryBlobStore : IBlobStore, IDataPart
{
    private readonly ConcurrentDictionary<string, byte[]> blobs = new(StringComparer.Ordinal);

    public string Provider => "memory";

    public string PartName => "blobs";

    public IReadOnlyList<string> Locations => [];

    public Task<BlobReference> PutAsync(MemoryScope scope, ReadOnlyMemory<byte> content, string? fileName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<BlobReference>(cancellationToken);
        }

        var hash = BlobName.HashOf(content.Span);
        var key = BlobName.KeyOf(scope, hash, fileName);
        var isNew = blobs.TryAdd(key, content.ToArray());
        return Task.FromResult(new BlobReference(key, hash, content.Length, isNew));
    }

    public Task<Stream?> OpenAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Stream?>(cancellationToken);
        }

        var known = BlobName.InSpace(scope, key) is not null && blobs.TryGetValue(key, out var content) ? content : null;
        return Task.FromResult<Stream?>(known is null ? null : new MemoryStream(known, writable: false));
    }

    public Task DeleteAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        if (BlobName.InSpace(scope, key) is not null)
        {
            blobs.TryRemove(key, out _);
        }

        return Task.CompletedTask;
    }

    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult((long)blobs.Keys.Count(k => BlobName.InSpace(scope, k) is not null && blobs.TryRemove(k, out _)));
    }

    public async IAsyncEnumerable<string> ListAsync(MemoryScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await Task.CompletedTask;
        foreach (var key in blobs.Keys.Where(k => BlobName.InSpace(scope, k) is not null).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    public Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(!blobs.IsEmpty);
    }

    public Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "backup"));

    public Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken) =>
        Task.FromException(InMemoryData.NoCopy(PartName, "restore"));

    public Task ResetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        blobs.Clear();
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<Finding> CheckAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<Finding>();
}
