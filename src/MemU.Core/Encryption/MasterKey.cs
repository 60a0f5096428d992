using System.Security.Cryptography;
using System.Text;

namespace MemU.Encryption;

/// <summary>The key that wraps the keys of all spaces. It is never written anywhere. Immutable and thread-safe.</summary>
internal sealed class MasterKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    private readonly GcmKey wrapping;

    /// <param name="key">32 bytes, as random as can be.</param>
    /// <param name="origin">Where it comes from, for the error.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public MasterKey(ReadOnlySpan<byte> key, string origin)
    {
        if (key.Length != Size)
        {
            throw new ArgumentException($"The encryption key (from {origin}) has {key.Length} bytes; it must have {Size}. Make one with 'memu master-key new FILE'.");
        }

        Id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), 16, info: "memu master key id"u8.ToArray()));
        wrapping = new GcmKey(HKDF.DeriveKey(HashAlgorithmName.SHA256, key.ToArray(), Size, info: "memu wrapping key"u8.ToArray()));
    }

    /// <summary>32 hexadecimal digits that tell this key from another and say nothing about it.</summary>
    public string Id { get; }

    /// <summary>Reads a key from text: base64 (44 characters) or hexadecimal (64).</summary>
    /// <param name="text">The text; blanks around it do not count.</param>
    /// <param name="origin">Where it comes from, for the error. The text itself is never shown.</param>
    /// <exception cref="ArgumentException">It is no key.</exception>
    public static MasterKey Parse(string text, string origin)
    {
        var trimmed = text.Trim();
        var bytes = new byte[Size];
        if (trimmed.Length == 2 * Size && Convert.FromHexString(trimmed, bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            return new MasterKey(bytes, origin);
        }

        if (Convert.TryFromBase64String(trimmed, bytes, out var length) && length == Size)
        {
            return new MasterKey(bytes, origin);
        }

        throw new ArgumentException(
            $"The encryption key (from {origin}) is not {Size} bytes in base64 (44 characters) or hexadecimal (64). Make one with 'memu master-key new FILE'.");
    }

    /// <summary>A space's key, encrypted and bound to that space.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> spaceKey, string space)
    {
        var wrapped = new byte[spaceKey.Length + GcmKey.Overhead];
        wrapping.Encrypt(spaceKey, BoundTo(space), wrapped);
        return wrapped;
    }

    /// <summary>The space's key; null when it was not wrapped with this key for this space.</summary>
    public byte[]? Unwrap(ReadOnlySpan<byte> wrapped, string space)
    {
        var key = new byte[Size];
        return wrapping.TryDecrypt(wrapped, BoundTo(space), key) ? key : null;
    }

    private static byte[] BoundTo(string space) => Encoding.UTF8.GetBytes($"memu space key 1\0{space}");
}
