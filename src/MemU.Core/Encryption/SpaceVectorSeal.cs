using MemU.Vectors;

namespace MemU.Encryption;

/// <summary>The vectors of one space under its key: bound to their collection and ids, with a random nonce. Thread-safe.</summary>
internal sealed class SpaceVectorSeal(SpaceCipher cipher, SpaceKeys keys) : IVectorSeal
{
    private const string TextOf = "vector.text ";

    public bool IsCurrent => keys.IsCurrent(cipher);

    public bool BindsIds => true;

    public byte[] Seal(string collection, string id, byte[] vector) => cipher.SealBytes(collection, id, vector);

    public ReadOnlySpan<byte> Open(string collection, string id, ReadOnlySpan<byte> written, ref byte[] buffer)
    {
        var length = written.Length - GcmKey.Overhead;
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }

        return length >= 0
            && (cipher.TryOpenBytes(collection, id, written, buffer.AsSpan(0, length))
                || (Successor() is { } anew && anew.TryOpenBytes(collection, id, written, buffer.AsSpan(0, length))))
            ? buffer.AsSpan(0, length)
            : throw Damaged(collection);
    }

    public string? SealText(string collection, string id, string? text) => cipher.Seal(TextOf + collection, id, text);

    public byte[] SealHash(byte[] hash) => cipher.SealHash(hash);

    public string? OpenText(string collection, string id, string? written) =>
        cipher.TryOpen(TextOf + collection, id, written, out var text) || (Successor() is { } anew && anew.TryOpen(TextOf + collection, id, written, out text))
            ? text
            : throw Damaged(collection);

    /// <summary>The key of the space that was erased and begun anew after this one was read, and before the rows were.</summary>
    private SpaceCipher? Successor() => keys.Now(cipher.Scope) is { } now && !now.HasKeyOf(cipher) ? now : null;

    // Vectors are derived data: whoever reads them knows how to make them anew.
    private InvalidDataException Damaged(string collection) =>
        new($"vectors of {collection} in the space of {cipher.Scope} cannot be decrypted: they were changed outside MemU, or moved there from another place");
}
