using MemU.Vectors;

namespace MemU.Encryption;

/// <summary>The vectors of a space without a key: there are none, or they can no longer be read.</summary>
internal sealed class GoneVectors(MemoryScope scope) : IVectorSeal
{
    public bool IsCurrent => false;

    public byte[] Seal(string collection, string id, byte[] vector) => throw EncryptionFault.NoSpaceKey(scope);

    public ReadOnlySpan<byte> Open(string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer) => throw EncryptionFault.NoSpaceKey(scope);

    public string? SealText(string collection, string id, string? text) => throw EncryptionFault.NoSpaceKey(scope);

    // To look for it finds nothing.
    public byte[] SealHash(byte[] hash) => [];

    public string? OpenText(string collection, string id, string? written) => throw EncryptionFault.NoSpaceKey(scope);
}
