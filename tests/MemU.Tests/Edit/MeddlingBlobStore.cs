using MemU.Resources;

namespace MemU.Tests.Edit;

/// <summary>Does something once at a removal, as another process would that was just about to.</summary>
internal sealed class MeddlingBlobStore(IBlobStore inner, Func<Task> beforeDelete) : IBlobStore
{
    public string Provider => inner.Provider;

    public Task<BlobReference> PutAsync(MemoryScope scope, ReadOnlyMemory<byte> content, string? fileName, CancellationToken cancellationToken) =>
        inner.PutAsync(scope, content, fileName, cancellationToken);

    public Task<Stream?> OpenAsync(MemoryScope scope, string key, CancellationToken cancellationToken) => inner.OpenAsync(scope, key, cancellationToken);

    public async Task DeleteAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        await beforeDelete();
        await inner.DeleteAsync(scope, key, cancellationToken);
    }

    public Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken) => inner.EraseAsync(scope, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(MemoryScope scope, CancellationToken cancellationToken) => inner.ListAsync(scope, cancellationToken);
}
