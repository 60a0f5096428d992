using MemU.Vectors;

namespace MemU.Encryption;

/// <summary>Vectors and their texts are encrypted with the key of their space.</summary>
internal sealed class EncryptedVectors(SpaceKeys keys) : IVectorSeals
{
    public async ValueTask<IVectorSeal> ToWriteAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        new SpaceVectorSeal(await keys.GetOrMakeAsync(scope, cancellationToken), keys);

    public async ValueTask<IVectorSeal> ToReadAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        await keys.GetAsync(scope, cancellationToken) is { } cipher ? new SpaceVectorSeal(cipher, keys) : new GoneVectors(scope, keys);
}
