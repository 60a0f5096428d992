using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MemU.Resources;

namespace MemU.Encryption;

/// <summary>
/// Encrypts what another blob store keeps. The same bytes give the same ciphertext within a space, so a blob is still kept once; its name is the hash of the
/// ciphertext, without an ending, and says nothing about the source. Thread-safe.
/// </summary>
internal sealed class EncryptedBlobStore : IBlobStore, IDataPart, IKnowsSpaceKeys, IKnowsCommitted
{
    private const int HashLength = 64;

    private readonly IBlobStore inner;
    private readonly SpaceKeys keys;

    public EncryptedBlobStore(IBlobStore inner, SpaceKeys keys)
    {
        this.inner = inner;
        this.keys = keys;
        keys.Watch(inner as IDataPart);
    }

    public string Provider => inner.Provider;

    public string PartName => Part.PartName;

    public IReadOnlyList<string> Locations => Part.Locations;

    public IReadOnlyList<string> SpaceKeys => inner is IKnowsSpaceKeys known ? known.SpaceKeys : [];

    /// <inheritdoc />
    public Task<string?> FindCommittedAsync(CancellationToken cancellationToken) =>
        inner is IKnowsCommitted known ? known.FindCommittedAsync(cancellationToken) : Task.FromResult<string?>(null);

    private IDataPart Part => inner as IDataPart
        ?? throw EncryptionFault.Make("maintain", $"The provider '{inner.Provider}' of the blobs cannot be backed up, restored, reset or checked by MemU. Use the tools of that system.");

    public async Task<BlobReference> PutAsync(MemoryScope scope, ReadOnlyMemory<byte> content, string? fileName, CancellationToken cancellationToken)
    {
        var cipher = await keys.GetOrMakeAsync(scope, cancellationToken);
        var blob = await inner.PutAsync(scope, cipher.Blobs.Seal(content.Span), fileName: null, cancellationToken);
        return blob with { Hash = Convert.ToHexStringLower(SHA256.HashData(content.Span)), Size = content.Length };
    }

    public async Task<Stream?> OpenAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        var cipher = await keys.GetAsync(scope, cancellationToken);
        return await inner.OpenAsync(scope, key, cancellationToken) is not { } stream ? null
            : cipher is null ? throw await GoneAsync(scope, stream)
            : new DecryptingStream(stream, cipher.Blobs, key[^HashLength..], () => EncryptionFault.Tampered(scope, $"kept source '{key}'"));
    }

    public async Task DeleteAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await inner.DeleteAsync(scope, key, cancellationToken);
    }

    public async Task<BlobDoubt> DoubtAsync(MemoryScope scope, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var cipher = await keys.GetOrMakeAsync(scope, cancellationToken);
        return await inner.DoubtAsync(scope, cipher.Blobs.Seal(content.Span), cancellationToken);
    }

    public async Task<BlobDoubt> DoubtAsync(MemoryScope scope, string key, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.DoubtAsync(scope, key, cancellationToken);
    }

    public async Task<IReadOnlyList<BlobDoubt>> TakeDoubtsAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.TakeDoubtsAsync(scope, cancellationToken);
    }

    public async Task<IReadOnlyList<string>> ListDoubtfulAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.ListDoubtfulAsync(scope, cancellationToken);
    }

    public async Task<long> EraseAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await inner.EraseAsync(scope, cancellationToken);
    }

    public async IAsyncEnumerable<string> ListAsync(MemoryScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await foreach (var key in inner.ListAsync(scope, cancellationToken))
        {
            yield return key;
        }
    }

    public async Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        return await Part.HasDataAsync(cancellationToken);
    }

    public async Task BackUpAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Part.BackUpAsync(folder, bytesCopied, cancellationToken);
    }

    public async Task RestoreAsync(string folder, IProgress<long>? bytesCopied, CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Part.RestoreAsync(folder, bytesCopied, cancellationToken);
    }

    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await Part.ResetAsync(cancellationToken);
    }

    public async IAsyncEnumerable<Finding> CheckAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await keys.AdmitAsync(cancellationToken);
        await foreach (var finding in Part.CheckAsync(cancellationToken))
        {
            yield return finding;
        }
    }

    private static async Task<MemoryStoreException> GoneAsync(MemoryScope scope, Stream stream)
    {
        await stream.DisposeAsync();
        return EncryptionFault.NoSpaceKey(scope);
    }
}
