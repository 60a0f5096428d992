namespace MemU.Benchmarks.Data;

/// <summary>Ids that look like ours and sort in the order of their numbers.</summary>
internal static class NumberedIds
{
    public static string Of(long number) => $"0198f1c2-{number >> 32 & 0xFFFF:x4}-7000-8000-{number & 0xFFFF_FFFF:x12}";
}
