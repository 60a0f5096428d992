namespace MemU.Retrieve;

/// <summary>
/// Makes one list of two: hits by words and hits by vectors. Both are brought to 0…1 first, then added:
/// <code>
/// words  = BM25 / best BM25
/// vector = 0.1 · cosine + 0.9 · (cosine − floor) / (1 − floor)      negative parts count 0
/// score  = words + weight · vector                                  0 … 1 + weight
/// </code>
/// The floor is the cosine at the end of the third quarter of the nearest entries. Models differ in how high any two texts score (0.1 or 0.7);
/// what counts is how much of the way from there to a perfect match an entry covers. Vectors that say nothing lie close together and so add
/// close to nothing.
/// </summary>
internal static class Fusion
{
    /// <summary>How much the vectors of an embedding model count for categories and resources.</summary>
    public const double ModelWeight = 1.5;

    /// <summary>How much they count for items, which have the words and the place of their passages to be found by.</summary>
    public const double ItemWeight = 0.5;

    /// <summary>How much hashed features count: they see little that the words do not show, and only break ties.</summary>
    public const double OfflineWeight = 0.15;

    private const double CosineShare = 0.1;

    /// <summary>Writes one score an entry, 0 to 1 + <paramref name="weight"/>.</summary>
    /// <param name="words">A score an entry, 0 or more; any scale.</param>
    /// <param name="nearest">Numbers of entries with their cosine, best first; a number may occur more than once, the first counts.</param>
    /// <param name="weight">How much the vectors count.</param>
    /// <param name="scores">As many as there are words; zeros.</param>
    public static void Fuse(ReadOnlySpan<float> words, IReadOnlyList<Scored<int>> nearest, double weight, Span<float> scores)
    {
        var best = TopScores.Highest(words);
        for (var i = 0; best > 0 && i < words.Length; i++)
        {
            scores[i] = words[i] / best;
        }

        var floor = nearest.Count == 0 ? 0 : Math.Clamp(nearest[nearest.Count * 3 / 4].Score, -1, 1);
        var seen = new HashSet<int>();
        foreach (var (number, similarity) in nearest)
        {
            if (seen.Add(number))
            {
                var cosine = Math.Clamp(similarity, -1, 1);
                var gain = floor < 1 ? Math.Max(0, (cosine - floor) / (1 - floor)) : 0;
                scores[number] += (float)(weight * ((CosineShare * Math.Max(0, cosine)) + ((1 - CosineShare) * gain)));
            }
        }
    }
}
