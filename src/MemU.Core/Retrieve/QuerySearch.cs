using MemU.Retrieve.Evidence;

namespace MemU.Retrieve;

/// <summary>
/// Scores the passages of a space for one query: by their words and place (<see cref="EvidenceSignals"/>), led to by items, fused with the vectors of
/// passages where an embedding model made some. Thread-safe.
/// </summary>
internal sealed class QuerySearch(VectorSearch vectors)
{
    private const int ItemsThatLead = 10;

    // An item that was made of a question and its answer leads to both, and is wanted for the answer.
    private const float PartToAsking = 0.4f;

    public async Task<QueryScores> ScoreAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<Scored<int>>> nearest = run.Options.Method == RetrieveMethod.Rag && !vectors.IsOffline
            ? await vectors.NearestPassagesAsync(run, space, n => !space.Passages.Facts[n].Traits.HasFlag(PassageTraits.Blank), cancellationToken)
            : [];
        return new QueryScores(run, space, run.Options.Without.Contains(Signal.Items) ? new Dictionary<int, float>() : Lifts(run, space), nearest);
    }

    /// <summary>
    /// A share of 0 to 1 for passages of the items that fit best: those that the model chose, else those that do by their words alone, because what speaks
    /// for an item through its passages is theirs already. Where no words fit, of the items that were found in another way.
    /// </summary>
    private static Dictionary<int, float> Lifts(Retrieval run, SpaceTextIndex space)
    {
        IReadOnlyList<Scored<int>> items = TopScores.Of(space.Items.Score(run).Span, ItemsThatLead);
        if (run.Items.Count > 0 && (run.Options.Method == RetrieveMethod.Llm || items.Count == 0))
        {
            items = [.. run.Items.Select(i => new Scored<int>(space.Items.Ids.Find(i.Value.Id), i.Score)).Where(i => i.Value >= 0)];
        }

        var best = items.Count == 0 ? 0 : items.Max(i => i.Score);
        var words = run.WordsOfPassages(space);
        var lifts = new Dictionary<int, float>();
        foreach (var (item, score) in items.Take(ItemsThatLead))
        {
            var share = best > 0 ? (float)(score / best) : 1;
            foreach (var passage in space.PassagesOfItem[item])
            {
                var part = space.Passages.Facts[passage].Traits.HasFlag(PassageTraits.AsksQuestion) ? PartToAsking : 1;
                lifts[passage] = Math.Max(lifts.GetValueOrDefault(passage), part * (share - words[passage]));
            }
        }

        return lifts.Where(l => l.Value > 0).ToDictionary();
    }
}
