namespace MemU.Reasoning.Offline;

/// <summary>
/// A hash that is the same on every machine and in every version: FNV-1a over UTF-16 code units with a final mix, so that the low bits
/// are as good as the high ones. Stored vectors depend on it: it never changes.
/// </summary>
internal static class StableHash
{
    /// <summary>The hash of a text; another seed gives an independent one.</summary>
    public static uint Of(ReadOnlySpan<char> text, uint seed)
    {
        var hash = 2166136261u ^ (seed * 0x9E3779B9u);
        foreach (var c in text)
        {
            hash = (hash ^ (byte)c) * 16777619u;
            hash = (hash ^ (byte)(c >> 8)) * 16777619u;
        }

        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }
}
