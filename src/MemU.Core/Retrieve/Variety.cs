namespace MemU.Retrieve;

/// <summary>
/// Puts hits behind that say in nearly the same words what a better hit says, so that others come into the list. Greedy, as maximal marginal relevance is
/// (Carbonell and Goldstein, "The use of MMR", SIGIR 1998); a hit loses a share of its score, and never more than the strength.
/// </summary>
internal static class Variety
{
    /// <summary>How many hits beyond those wanted are looked at.</summary>
    public const int Spare = 10;

    // Who wants so many wants them all; comparing each with each would cost more than finding them.
    private const int MostCompared = 100;

    /// <summary>The best <paramref name="count"/> of the hits, best first, each with how much it repeats a better one, 0 to 1.</summary>
    /// <param name="hits">More than wanted, best first.</param>
    /// <param name="textOf">What a hit says.</param>
    /// <param name="count">How many are wanted.</param>
    /// <param name="strength">How much of its score a hit loses that has the very words of a better one, 0 to 1.</param>
    public static List<(Scored<T> Hit, double Repeats)> Choose<T>(IReadOnlyList<Scored<T>> hits, Func<T, string> textOf, int count, double strength)
    {
        if (strength == 0)
        {
            return [.. hits.Take(count).Select(h => (h, 0.0))];
        }

        var open = hits.Take(MostCompared).Select(h => new VarietyCandidate<T>(h, WordPrint.Of(textOf(h.Value)))).ToList();
        var chosen = new List<(Scored<T>, double)>();
        while (open.Count > 0 && chosen.Count < count)
        {
            var best = open.MaxBy(c => c.Score(strength))!;
            open.Remove(best);
            chosen.Add((best.Hit with { Score = best.Score(strength) }, best.Repeats));
            open.ForEach(c => c.Compare(best));
        }

        return [.. chosen.Concat(hits.Skip(MostCompared).Select(h => (h, 0.0))).OrderByDescending(h => h.Item1.Score).Take(count)];
    }
}
