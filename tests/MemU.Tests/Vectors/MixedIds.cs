namespace MemU.Tests.Vectors;

/// <summary>Ids of every kind that a file of somebody else may hold, and such as are kept otherwise than they are written.</summary>
internal static class MixedIds
{
    public static string[] Odd { get; } =
    [
        "", "-", "0", "a", "é 😀 \0 \"", "\ud83d", "\ude00", "\ud83da", new('x', 300),
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "0198f1c2-0000-7000-8000-00000000abcd", "0198F1C2-0000-7000-8000-00000000ABCD", "0198f1c2-0000-7000-8000-00000000abcD", "{0198f1c2-0000-7000-8000-00000000abcd}",
        "0198f1c200007000800000000000abcd", "0198f1c2-0000-7000-8000-00000000abc", "0198f1c2-0000-7000-8000-00000000abcd0", "0198f1c2-0000-7000-8000-00000000abcg",
        "0198f1c2-0000-7000-8000-00000000abc\ud83d", "0198f1c2/0000/7000/8000/00000000abcd", "0198f1c3",
    ];

    /// <summary>So many different ones: the odd ones, and of the others half UUIDs.</summary>
    public static string[] Some(Random random, int count)
    {
        var ids = new HashSet<string>(Odd.Take(count), StringComparer.Ordinal);
        while (ids.Count < count)
        {
            var uuid = Uuid(random);
            ids.Add(random.Next(4) switch { 0 => $"{random.Next(1 << 20):x}", 1 => uuid.ToUpperInvariant(), _ => uuid });
        }

        string[] mixed = [.. ids];
        random.Shuffle(mixed);
        return mixed;
    }

    public static string Uuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }
}
