using MemU.Vectors;

namespace MemU.Encryption;

/// <summary>
/// The vectors of a space that had no key when it was asked: there are none, or they can no longer be read. Those that another process has written since, with the
/// first key of the space, are read with it.
/// </summary>
internal sealed class GoneVectors(MemoryScope scope, SpaceKeys keys) : IVectorSeal
{
    public bool BindsIds => true;

    public bool IsCurrent => false;

    public byte[] Seal(string collection, string id, byte[] vector) => throw EncryptionFault.NoSpaceKey(scope);

    public ReadOnlySpan<byte> Open(string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer) => Later().Open(collection, id, written, ref buffer);

    public string? SealText(string collection, string id, string? text) => throw EncryptionFault.NoSpaceKey(scope);

    // To look for it finds nothing.
    public byte[] SealHash(byte[] hash) => [];

    public string? OpenText(string collection, string id, string? written) => Later().OpenText(collection, id, written);

    private SpaceVectorSeal Later() => keys.Now(scope) is { } cipher ? new SpaceVectorSeal(cipher, keys) : throw EncryptionFault.NoSpaceKey(scope);
}
