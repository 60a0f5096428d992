using MemU.Text;

namespace MemU.Evals.Scoring;

/// <summary>
/// How much of what should be remembered stands in what was extracted: of each gold memory the share of its terms that the best single item of the
/// same sitting has, and the share that all its items together have.
/// </summary>
internal sealed class Coverage
{
    private readonly List<(double Best, double Together)> points = [];

    public int Count => points.Count;

    /// <summary>Mean share in the best item.</summary>
    public double BestItem => points.Average(p => p.Best);

    /// <summary>Mean share in all items of the sitting.</summary>
    public double AllItems => points.Average(p => p.Together);

    /// <summary>Share of the gold memories of which one item has at least half.</summary>
    public double Covered => points.Average(p => p.Best >= 0.5 ? 1.0 : 0);

    public void Add(IEnumerable<string> gold, IEnumerable<string> items)
    {
        var ofItems = items.Select(Terms).ToList();
        var all = ofItems.SelectMany(t => t).ToHashSet(StringComparer.Ordinal);
        foreach (var point in gold.Select(Terms).Where(p => p.Count > 0))
        {
            points.Add((
                ofItems.Count == 0 ? 0 : ofItems.Max(i => (double)point.Count(i.Contains) / point.Count),
                (double)point.Count(all.Contains) / point.Count));
        }
    }

    private static HashSet<string> Terms(string text) => [.. TextAnalyzer.Terms(text)];
}
