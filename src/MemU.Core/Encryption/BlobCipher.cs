using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MemU.Encryption;

/// <summary>
/// Encrypts the bytes of a source in chunks, so that they can be read as a stream. The same bytes give the same ciphertext within a space. Layout: a mark
/// (8 bytes), a keyed hash of all bytes (32), then chunks of 64 KiB with a tag (16) each. Every source has a key of its own, made of the keyed hash; the nonce
/// is the number of the chunk and whether it is the last one, so none can be left out, exchanged or cut off. Thread-safe.
/// </summary>
internal sealed class BlobCipher(byte[] key)
{
    public const int ChunkSize = 1 << 16;

    public const int HeaderSize = 8 + HMACSHA256.HashSizeInBytes;

    private const int MarkSize = 8;

    private static ReadOnlySpan<byte> Mark => "memuenc1"u8;

    /// <summary>Encrypts all bytes of a source.</summary>
    public byte[] Seal(ReadOnlySpan<byte> content)
    {
        var chunks = Math.Max(1, (content.Length + ChunkSize - 1) / ChunkSize);
        var written = new byte[HeaderSize + content.Length + ((long)chunks * GcmKey.TagSize)];
        Mark.CopyTo(written);
        HMACSHA256.HashData(key, content, written.AsSpan(MarkSize));
        using var cipher = CipherOf(written.AsSpan(0, HeaderSize))!;
        Span<byte> nonce = stackalloc byte[GcmKey.NonceSize];
        var into = written.AsSpan(HeaderSize);
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            var plain = content[(chunk * ChunkSize)..Math.Min(content.Length, (chunk + 1) * ChunkSize)];
            Nonce(nonce, chunk, isLast: chunk == chunks - 1);
            cipher.Encrypt(nonce, plain, into[..plain.Length], into.Slice(plain.Length, GcmKey.TagSize));
            into = into[(plain.Length + GcmKey.TagSize)..];
        }

        return written;
    }

    /// <summary>The cipher of the source with this header; null when it is none.</summary>
    public AesGcm? CipherOf(ReadOnlySpan<byte> header) =>
        header.Length == HeaderSize && header.StartsWith(Mark) ? new AesGcm(HMACSHA256.HashData(key, header), GcmKey.TagSize) : null;

    /// <summary>Decrypts one chunk; false when it is not the one that was written there.</summary>
    public static bool TryDecrypt(AesGcm cipher, long chunk, bool isLast, ReadOnlySpan<byte> written, Span<byte> into)
    {
        Span<byte> nonce = stackalloc byte[GcmKey.NonceSize];
        Nonce(nonce, chunk, isLast);
        try
        {
            cipher.Decrypt(nonce, written[..^GcmKey.TagSize], written[^GcmKey.TagSize..], into);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static void Nonce(Span<byte> nonce, long chunk, bool isLast)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(nonce, chunk);
        nonce[^1] = isLast ? (byte)1 : (byte)0;
    }
}
