using MemU.Reasoning;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// The method <see cref="RetrieveMethod.Llm"/>: the reasoner reads all candidates of a tier and ranks them. Every item is a candidate,
/// whether it stands in a category or not. Thread-safe.
/// </summary>
internal sealed class ReasonerSearch(IMemoryStore store, IMemoryReasoner reasoner)
{
    /// <summary>Ids of the tier, best first. Scores fall with the rank: 1, 1/2, 1/3 …</summary>
    public async Task<IReadOnlyList<Scored<string>>> SearchAsync(Retrieval run, MemoryTier tier, CancellationToken cancellationToken)
    {
        var candidates = new List<RankCandidate>();
        await foreach (var candidate in Candidates(run.Scope, tier, cancellationToken))
        {
            candidates.Add(candidate);
        }

        if (candidates.Count == 0)
        {
            return [];
        }

        var ranked = await reasoner.RankAsync(
            run.Scope, new RankRequest(tier, run.Query, candidates, run.Options.TopK), run.Log, cancellationToken);
        var known = candidates.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. ranked.Where(known.Remove).Take(run.Options.TopK).Select((id, rank) => run.Explain(
                tier.ToString().ToLowerInvariant(), new Scored<string>(id, 0), id, [new ScorePart("rank", 1.0 / (rank + 1), 1)])),
        ];
    }

    private IAsyncEnumerable<RankCandidate> Candidates(MemoryScope scope, MemoryTier tier, CancellationToken cancellationToken) => tier switch
    {
        MemoryTier.Categories => StorePaging.AllAsync((page, token) => store.ListCategoriesAsync(scope, page, token), cancellationToken)
            .Select(c => new RankCandidate(c.Id, Lines(c.EmbeddingText, c.Summary))),
        MemoryTier.Items => StorePaging.AllAsync((page, token) => store.ListItemsAsync(scope, ItemFilter.All, page, token), cancellationToken)
            .Select(i => new RankCandidate(i.Id, $"[{i.MemoryType}] {i.Summary}")),
        _ => StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), cancellationToken)
            .Select(r => new RankCandidate(r.Id, Lines($"[{r.Modality}] {r.Url}", r.Caption))),
    };

    private static string Lines(string first, string? second) => string.IsNullOrWhiteSpace(second) ? first : $"{first}\n{second}";
}
