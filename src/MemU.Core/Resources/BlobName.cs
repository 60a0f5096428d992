using System.Security.Cryptography;

namespace MemU.Resources;

/// <summary>How blobs are named: <c>scope key / hash ending</c>.</summary>
internal static class BlobName
{
    private const int HashLength = 64;
    private const int LongestEnding = 10;

    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The hash in the name of a blob.</summary>
    public static string HashIn(string name) => name[..HashLength];

    /// <summary>The key of these bytes in this space.</summary>
    public static string KeyOf(MemoryScope scope, string hash, string? fileName) => $"{scope.Key}/{hash}{EndingOf(fileName)}";

    /// <summary>The name within the space's folder when the key is one that this space could have been given; otherwise null.</summary>
    public static string? InSpace(MemoryScope scope, string? key)
    {
        var folder = scope.Key;
        return key is not null && key.StartsWith(folder, StringComparison.Ordinal) && key.Length > folder.Length && key[folder.Length] == '/'
            && IsBlob(key[(folder.Length + 1)..]) ? key[(folder.Length + 1)..] : null;
    }

    /// <summary>True for a hash with or without an ending.</summary>
    public static bool IsBlob(string name) =>
        name.Length >= HashLength && name.AsSpan(0, HashLength).IndexOfAnyExcept(Hexadecimal) < 0
        && (name.Length == HashLength || (name[HashLength] == '.' && IsEnding(name.AsSpan(HashLength + 1))));

    /// <summary>True for the key of a space.</summary>
    public static bool IsSpaceFolder(string name) => name.Length == 32 && name.AsSpan().IndexOfAnyExcept(Hexadecimal) < 0;

    private static System.Buffers.SearchValues<char> Hexadecimal { get; } = System.Buffers.SearchValues.Create("0123456789abcdef");

    private static System.Buffers.SearchValues<char> LettersAndDigits { get; } = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>The ending of a file name with its point, when it is short and plain; otherwise nothing.</summary>
    private static string EndingOf(string? fileName)
    {
        var point = fileName?.LastIndexOf('.') ?? -1;
        var ending = point < 0 ? string.Empty : fileName![(point + 1)..].ToLowerInvariant();
        return IsEnding(ending) ? $".{ending}" : string.Empty;
    }

    private static bool IsEnding(ReadOnlySpan<char> ending) =>
        ending.Length is > 0 and <= LongestEnding && ending.IndexOfAnyExcept(LettersAndDigits) < 0;
}
