namespace MemU.Benchmarks.Data;

/// <summary>Ids that look like ours and sort in the order of their numbers.</summary>
internal static class NumberedIds
{
    /// <summary>The number of an id made here.</summary>
    public static long NumberOf(string id) => (Convert.ToInt64(id[9..13], 16) << 32) | Convert.ToInt64(id[24..], 16);

    public static string Of(long number) => $"0198f1c2-{number >> 32 & 0xFFFF:x4}-7000-8000-{number & 0xFFFF_FFFF:x12}";
}
