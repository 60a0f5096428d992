using MemU.Reasoning;

namespace MemU.Retrieve;

/// <summary>
/// Asks for a second opinion on the best passages: the host's <see cref="IPassageReranker"/>, or else the chat model. Offline without either there
/// is none. The opinion adds at most <see cref="Weight"/> to a score, so that it can turn the order but not invent a hit.
/// </summary>
internal sealed class Reranking(IMemoryReasoner reasoner, IPassageReranker? reranker = null)
{
    /// <summary>What the best opinion adds.</summary>
    public const double Weight = 1.5;

    private const int Most = 30;

    /// <summary>An opinion of 0 to 1 for each passage that got one, by id; empty when nobody can be asked.</summary>
    public async Task<IReadOnlyDictionary<string, double>> AskAsync(
        Retrieval run, IReadOnlyList<Scored<Passage>> hits, CancellationToken cancellationToken)
    {
        List<Passage> passages = [.. hits.Take(Most).Select(h => h.Value)];
        if (!run.Options.Rerank || passages.Count < 2)
        {
            return new Dictionary<string, double>();
        }

        if (reranker is not null)
        {
            var opinions = await reranker.ScoreAsync(run.Query, [.. passages.Select(p => p.Text)], cancellationToken);
            return opinions.Count == passages.Count && opinions.All(double.IsFinite)
                ? Spread(passages, opinions)
                : throw new InvalidOperationException(
                    $"The reranker {reranker.GetType().Name} gave {opinions.Count} numbers for {passages.Count} passages; it must give one finite number for each.");
        }

        if (reasoner.IsOffline)
        {
            return new Dictionary<string, double>();
        }

        var candidates = passages.Select(p => new RankCandidate(p.Id, string.IsNullOrEmpty(p.Role) ? p.Text : $"{p.Role}: {p.Text}")).ToList();
        var ranked = await reasoner.RankAsync(run.Scope, new RankRequest(MemoryTier.Items, run.Query, candidates, candidates.Count), run.Log, cancellationToken);
        return ranked.Distinct(StringComparer.Ordinal).Select((id, rank) => (id, Value: 1.0 / (rank + 1))).ToDictionary(r => r.id, r => r.Value, StringComparer.Ordinal);
    }

    /// <summary>Any scale becomes 0 for the worst to 1 for the best.</summary>
    private static Dictionary<string, double> Spread(List<Passage> passages, IReadOnlyList<double> opinions)
    {
        var (low, high) = (opinions.Min(), opinions.Max());
        return passages.Zip(opinions).ToDictionary(p => p.First.Id, p => high > low ? (p.Second - low) / (high - low) : 0, StringComparer.Ordinal);
    }
}
