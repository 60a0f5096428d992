namespace MemU.Evals.Scoring;

/// <summary>How well one ranking brings the evidence of one question.</summary>
internal sealed class QuestionScore
{
    private readonly List<int> ranks = [];
    private readonly int evidence;

    /// <param name="category">The label of the question.</param>
    /// <param name="evidence">What should be found.</param>
    /// <param name="ranking">What was found, best first; repeated ids count once.</param>
    public QuestionScore(string category, IReadOnlySet<string> evidence, IEnumerable<string> ranking)
        : this(category, evidence, ranking.Distinct(StringComparer.Ordinal).Select(id => new[] { id }))
    {
    }

    /// <param name="category">The label of the question.</param>
    /// <param name="evidence">What should be found.</param>
    /// <param name="ranking">What was found, best first, each with the ids that it stands for; a piece of evidence counts where it is found first.</param>
    public QuestionScore(string category, IReadOnlySet<string> evidence, IEnumerable<IEnumerable<string>> ranking)
    {
        Category = category;
        this.evidence = evidence.Count;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, ids) in ranking.Index())
        {
            ranks.AddRange(ids.Where(id => evidence.Contains(id) && seen.Add(id)).Select(_ => i + 1));
        }
    }

    public string Category { get; }

    /// <summary>Share of the evidence among the first k.</summary>
    public double Recall(int k) => (double)ranks.Count(r => r <= k) / evidence;

    /// <summary>1 when any evidence is among the first k.</summary>
    public double Hit(int k) => ranks.Exists(r => r <= k) ? 1 : 0;

    /// <summary>1 / rank of the first evidence; 0 when none was found.</summary>
    public double ReciprocalRank => ranks.Count == 0 ? 0 : 1.0 / ranks[0];

    /// <summary>Discounted gain of the first k, of the best possible.</summary>
    public double Ndcg(int k) =>
        ranks.Where(r => r <= k).Sum(Gain) / Enumerable.Range(1, Math.Min(k, evidence)).Sum(Gain);

    private static double Gain(int rank) => 1 / Math.Log2(rank + 1);
}
