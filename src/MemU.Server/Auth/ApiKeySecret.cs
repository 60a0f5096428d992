using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MemU.Server.Auth;

/// <summary>
/// The secret of a key: <c>memu_</c>, the key's id, and 256 random bits. A plain hash is enough to keep it, because there is nothing to guess: no
/// dictionary holds random bits.
/// </summary>
internal static class ApiKeySecret
{
    public const string Prefix = "memu_";
    private const int IdBytes = 6;
    private const int SecretBytes = 32;

    public static (string Id, string Secret) Make()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return (id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>The id in a secret; null when the text cannot be one.</summary>
    public static string? IdOf(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) && secret.Length > Prefix.Length + (2 * IdBytes) && secret[Prefix.Length + (2 * IdBytes)] == '_'
            ? secret.Substring(Prefix.Length, 2 * IdBytes)
            : null;

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public static bool Matches(ApiKey key, string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Hash), Encoding.ASCII.GetBytes(Hash(secret)));
}
