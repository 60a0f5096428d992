using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MemU.Encryption;

/// <summary>
/// AES-256-GCM under one key (NIST SP 800-38D). What it writes is nonce (12 bytes), tag (16), ciphertext. Thread-safe: the ciphers of the platform
/// are not, so each call borrows one.
/// </summary>
internal sealed class GcmKey(byte[] key)
{
    public const int NonceSize = 12;

    public const int TagSize = 16;

    /// <summary>How much longer what is written is than what was given.</summary>
    public const int Overhead = NonceSize + TagSize;

    private readonly ConcurrentBag<AesGcm> idle = [];

    /// <summary>Encrypts under a nonce that this key was never used with for another text.</summary>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="plain">What to encrypt.</param>
    /// <param name="bound">What decrypting must name too.</param>
    /// <param name="into">Takes <see cref="Overhead"/> bytes more than the plain text has.</param>
    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound, Span<byte> into)
    {
        nonce.CopyTo(into);
        var cipher = Borrow();
        cipher.Encrypt(nonce, plain, into[Overhead..], into.Slice(NonceSize, TagSize), bound);
        idle.Add(cipher);
    }

    /// <summary>Encrypts under a random nonce.</summary>
    public void Encrypt(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> bound, Span<byte> into)
    {
        Span<byte> nonce = stackalloc byte[NonceSize];
        RandomNumberGenerator.Fill(nonce);
        Encrypt(nonce, plain, bound, into);
    }

    /// <summary>Decrypts; false when it was not encrypted with this key and bound to the same, or was changed since.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> written, ReadOnlySpan<byte> bound, Span<byte> into)
    {
        if (written.Length != into.Length + Overhead)
        {
            return false;
        }

        var cipher = Borrow();
        try
        {
            cipher.Decrypt(written[..NonceSize], written[Overhead..], written.Slice(NonceSize, TagSize), into, bound);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
        finally
        {
            idle.Add(cipher);
        }
    }

    private AesGcm Borrow() => idle.TryTake(out var cipher) ? cipher : new AesGcm(key, TagSize);
}
