using System.Security.Cryptography;

namespace MemU.Evals.Data;

/// <summary>Tells which data a figure belongs to.</summary>
internal static class DataHash
{
    public static string Of(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
