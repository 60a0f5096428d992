using MemU.Retrieve.Evidence;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// Finds the verbatim passages: by their words and place (<see cref="EvidenceRanker"/>), led to by items, and fused with the vectors of
/// passages where an embedding model made some. Thread-safe.
/// </summary>
internal sealed class EvidenceSearch(IMemoryStore store, VectorSearch vectors)
{
    // An item says again what its passages say; it may lift them, not carry them past a better match.
    private const float ItemShare = 0.2f;
    private const int ItemsThatLead = 10;

    public async Task<IReadOnlyList<Scored<Passage>>> SearchAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        var scores = run.ScorePassages(space).ToArray();
        LiftByItems(run, space, scores);
        IReadOnlyList<Scored<int>> nearest = run.Options.Method == RetrieveMethod.Rag && !vectors.IsOffline
            ? await vectors.NearestAsync(
                run, space, VectorCollections.Passages, "passages", space.Passages.Numbers, run.EvidenceTopK,
                n => !space.Passages.Facts[n].Traits.HasFlag(PassageTraits.Blank), cancellationToken)
            : [];
        var hits = TopScores.Of(Fusion.Fuse(scores, nearest, vectors.Weight), run.EvidenceTopK).WithIds(space.Passages.Ids);
        return hits.With(await store.GetPassagesAsync(run.Scope, hits.Ids(), cancellationToken), p => p.Id);
    }

    /// <summary>Adds a share for passages of the items that were hit, or that the words would hit when that tier was not reached.</summary>
    private static void LiftByItems(Retrieval run, SpaceTextIndex space, float[] scores)
    {
        var items = run.Items.Count > 0
            ? run.Items.Where(i => space.Items.Numbers.ContainsKey(i.Value.Id)).Select(i => new Scored<int>(space.Items.Numbers[i.Value.Id], i.Score)).ToList()
            : TopScores.Of(space.Items.Words.Score(run.Understood.Terms), ItemsThatLead);
        var best = items.Count == 0 ? 0 : items.Max(i => i.Score);
        var lift = new Dictionary<int, float>();
        foreach (var (item, score) in items.Take(ItemsThatLead))
        {
            var share = ItemShare * (best > 0 ? (float)(score / best) : 1);
            foreach (var passage in space.PassagesOfItem[item])
            {
                lift[passage] = Math.Max(lift.GetValueOrDefault(passage), share);
            }
        }

        foreach (var (passage, share) in lift)
        {
            scores[passage] += share;
        }
    }
}
