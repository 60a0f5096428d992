using MemU.Retrieve.Evidence;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// Finds the verbatim passages: by their words and place (<see cref="EvidenceSignals"/>), led to by items, fused with the vectors of
/// passages where an embedding model made some, and reranked where that is wanted. Thread-safe.
/// </summary>
internal sealed class EvidenceSearch(IMemoryStore store, VectorSearch vectors, Reranking reranking)
{
    // An item leads to passages whose own words fit less than the item's: it may lift them, not carry them past a better match.
    private const float ItemShare = 0.3f;
    private const int ItemsThatLead = 10;

    // The same words by the same speaker at the same time are told once; a few more are read so that the list stays full.
    private const int Spare = 10;

    public async Task<IReadOnlyList<Scored<Passage>>> SearchAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        var scores = run.ScorePassages(space).ToArray();
        var lifts = run.Options.Without.Contains(Signal.Items) ? [] : Lifts(run, space);
        foreach (var (passage, share) in lifts)
        {
            scores[passage] += ItemShare * share;
        }

        IReadOnlyList<Scored<int>> nearest = run.Options.Method == RetrieveMethod.Rag && !vectors.IsOffline
            ? await vectors.NearestAsync(
                run, space, VectorCollections.Passages, "passages", space.Passages.Numbers, run.EvidenceTopK,
                n => !space.Passages.Facts[n].Traits.HasFlag(PassageTraits.Blank), cancellationToken)
            : [];
        var fused = Fusion.Fuse(scores, nearest, vectors.Weight);
        var hits = TopScores.Of(fused, run.EvidenceTopK + Spare).WithIds(space.Passages.Ids);
        var found = hits.With(await store.GetPassagesAsync(run.Scope, hits.Ids(), cancellationToken), p => p.Id)
            .DistinctBy(h => (h.Value.Text, h.Value.Role, h.Value.HappenedAt)).Take(run.EvidenceTopK).ToList();
        var opinions = await reranking.AskAsync(run, found, cancellationToken);
        if (opinions.Count > 0)
        {
            found = [.. found.Select(h => h with { Score = h.Score + (Reranking.Weight * opinions.GetValueOrDefault(h.Value.Id)) }).OrderByDescending(h => h.Score)];
            run.Trace("rerank", $"{opinions.Count} judged");
        }

        if (run.Options.Explain)
        {
            var best = TopScores.Highest(scores);
            found = [.. found.Select(h => run.Explain("evidence", h, h.Value.Id, PartsOf(run, space, h.Value.Id, scores, fused, lifts, opinions, best)))];
        }

        return found;
    }

    private List<ScorePart> PartsOf(
        Retrieval run, SpaceTextIndex space, string id, float[] scores, float[] fused, Dictionary<int, float> lifts,
        IReadOnlyDictionary<string, double> opinions, float best)
    {
        var passage = space.Passages.Numbers[id];
        var unit = best > 0 ? 1.0 / best : 0;
        var parts = run.PartsOfPassage(space, passage).Select(p => p with { Weight = p.Weight * unit }).ToList();
        if (lifts.TryGetValue(passage, out var share))
        {
            parts.Add(new ScorePart("items", share, ItemShare * unit));
        }

        if (fused[passage] - (scores[passage] * unit) is > 1e-7 and var ofVectors)
        {
            parts.Add(new ScorePart("vectors", ofVectors / vectors.Weight, vectors.Weight));
        }

        if (opinions.TryGetValue(id, out var opinion))
        {
            parts.Add(new ScorePart("rerank", opinion, Reranking.Weight));
        }

        return parts;
    }

    /// <summary>A share of 0 to 1 for passages of the items that were hit, or that the words would hit when that tier was not reached.</summary>
    private static Dictionary<int, float> Lifts(Retrieval run, SpaceTextIndex space)
    {
        var items = run.Items.Count > 0
            ? run.Items.Where(i => space.Items.Numbers.ContainsKey(i.Value.Id)).Select(i => new Scored<int>(space.Items.Numbers[i.Value.Id], i.Score)).ToList()
            : TopScores.Of(space.Items.Words.Score(run.Understood.Terms), ItemsThatLead);
        var best = items.Count == 0 ? 0 : items.Max(i => i.Score);
        var words = run.WordsOfPassages(space);
        var lifts = new Dictionary<int, float>();
        foreach (var (item, score) in items.Take(ItemsThatLead))
        {
            var share = best > 0 ? (float)(score / best) : 1;
            foreach (var passage in space.PassagesOfItem[item])
            {
                lifts[passage] = Math.Max(lifts.GetValueOrDefault(passage), share - words[passage]);
            }
        }

        return lifts.Where(l => l.Value > 0).ToDictionary();
    }
}
