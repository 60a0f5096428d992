using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MemU.Encryption;

/// <summary>
/// Encrypts and decrypts what one space stores. Texts get a nonce that follows from the text and its place (synthetic, in the manner of RFC 5297), so the same
/// text in the same place is the same ciphertext: the store can compare and look up what it cannot read. Each purpose has a key of its own. Thread-safe.
/// </summary>
internal sealed class SpaceCipher
{
    private const string Mark = "e1:";

    private readonly byte[] key;
    private readonly GcmKey texts;
    private readonly byte[] textNonces;
    private readonly byte[] textHashes;
    private readonly GcmKey vectors;

    public SpaceCipher(MemoryScope scope, byte[] key)
    {
        Scope = scope;
        this.key = key;
        texts = new GcmKey(Derive("text"));
        textNonces = Derive("text nonce");
        textHashes = Derive("text hash");
        vectors = new GcmKey(Derive("vector"));
        Blobs = new BlobCipher(Derive("blob"));
    }

    /// <summary>The space, for errors.</summary>
    public MemoryScope Scope { get; }

    /// <summary>Encrypts the bytes of sources.</summary>
    public BlobCipher Blobs { get; }

    /// <summary>True when the other has the same key.</summary>
    public bool HasKeyOf(SpaceCipher other) => CryptographicOperations.FixedTimeEquals(key, other.key);

    /// <summary>Encrypts a text.</summary>
    /// <param name="field">What it is: <c>resource.url</c>. It decrypts as nothing else.</param>
    /// <param name="id">Whose it is, when it decrypts in no other row; empty for what is looked up by its text.</param>
    /// <param name="text">The text; null stays null.</param>
    [return: NotNullIfNotNull(nameof(text))]
    public string? Seal(string field, string id, string? text)
    {
        if (text is null)
        {
            return null;
        }

        // The nonce is a hash of: length of the place, the place, the text.
        var buffer = ArrayPool<byte>.Shared.Rent(sizeof(int) + Encoding.UTF8.GetMaxByteCount(field.Length + 1 + id.Length + text.Length));
        var (place, length) = Write(field, id, text, buffer);
        var bound = buffer.AsSpan(sizeof(int), place);
        var plain = buffer.AsSpan(sizeof(int) + place, length);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(textNonces, buffer.AsSpan(0, sizeof(int) + place + length), hash);
        var written = ArrayPool<byte>.Shared.Rent(length + GcmKey.Overhead);
        texts.Encrypt(hash[..GcmKey.NonceSize], plain, bound, written.AsSpan(0, length + GcmKey.Overhead));
        var result = string.Concat(Mark, Convert.ToBase64String(written.AsSpan(0, length + GcmKey.Overhead)));
        ArrayPool<byte>.Shared.Return(buffer);
        ArrayPool<byte>.Shared.Return(written);
        return result;
    }

    /// <summary>Decrypts what <see cref="Seal"/> gave for the same field and id.</summary>
    /// <exception cref="MemoryStoreException">It is not that.</exception>
    [return: NotNullIfNotNull(nameof(sealedText))]
    public string? Open(string field, string id, string? sealedText) =>
        TryOpen(field, id, sealedText, out var text) ? text!
        : sealedText!.StartsWith(Mark, StringComparison.Ordinal) ? throw EncryptionFault.Tampered(Scope, Name(field, id))
        : throw EncryptionFault.PlainValue(Scope, Name(field, id));

    /// <summary>Decrypts what <see cref="Seal"/> gave for the same field and id; false when it is not that.</summary>
    public bool TryOpen(string field, string id, string? sealedText, out string? text)
    {
        text = null;
        if (sealedText is null)
        {
            return true;
        }

        if (!sealedText.StartsWith(Mark, StringComparison.Ordinal))
        {
            return false;
        }

        var size = sealedText.Length / 4 * 3;
        var written = ArrayPool<byte>.Shared.Rent(size);
        var plain = ArrayPool<byte>.Shared.Rent(size);
        if (Convert.TryFromBase64Chars(sealedText.AsSpan(Mark.Length), written, out var length) && length >= GcmKey.Overhead
            && texts.TryDecrypt(written.AsSpan(0, length), PlaceOf(field, id), plain.AsSpan(0, length - GcmKey.Overhead)))
        {
            text = Encoding.UTF8.GetString(plain.AsSpan(0, length - GcmKey.Overhead));
        }

        ArrayPool<byte>.Shared.Return(written);
        ArrayPool<byte>.Shared.Return(plain);
        return text is not null;
    }

    /// <summary>A keyed hash of a hash, of the same length up to 32 bytes.</summary>
    public byte[] SealHash(ReadOnlySpan<byte> hash) => HMACSHA256.HashData(textHashes, hash)[..Math.Min(hash.Length, HMACSHA256.HashSizeInBytes)];

    /// <summary>Encrypts bytes under a random nonce, bound to a place.</summary>
    public byte[] SealBytes(string field, string id, ReadOnlySpan<byte> plain)
    {
        var written = new byte[plain.Length + GcmKey.Overhead];
        vectors.Encrypt(plain, PlaceOf(field, id), written);
        return written;
    }

    /// <summary>Decrypts what <see cref="SealBytes"/> gave for the same place; false when it is not that.</summary>
    public bool TryOpenBytes(string field, string id, ReadOnlySpan<byte> written, Span<byte> into) => vectors.TryDecrypt(written, PlaceOf(field, id), into);

    private static string Name(string field, string id) => id.Length == 0 ? field.Replace('.', ' ') : $"{field.Replace('.', ' ')} of '{id}'";

    private static byte[] PlaceOf(string field, string id) => Encoding.UTF8.GetBytes($"{field}\0{id}");

    private static (int Place, int Length) Write(string field, string id, string text, Span<byte> buffer)
    {
        var rest = buffer[sizeof(int)..];
        var place = Encoding.UTF8.GetBytes(field, rest);
        rest[place++] = 0;
        place += Encoding.UTF8.GetBytes(id, rest[place..]);
        BinaryPrimitives.WriteInt32LittleEndian(buffer, place);
        return (place, Encoding.UTF8.GetBytes(text, rest[place..]));
    }

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, MasterKey.Size, info: Encoding.UTF8.GetBytes($"memu {purpose} key"));
}
