using MemU.Retrieve.Evidence;

namespace MemU.Retrieve;

/// <summary>
/// The method <see cref="RetrieveMethod.Rag"/>: hits by words and hits by vectors, fused (<see cref="Fusion"/>). Thread-safe.
/// </summary>
internal sealed class RagSearch(VectorSearch vectors)
{
    // A source whose best passage fits counts half of one whose caption does.
    private const float PassageShare = 0.5f;

    /// <summary>Ids of the tier, best first.</summary>
    public async Task<IReadOnlyList<Scored<string>>> SearchAsync(
        Retrieval run, SpaceTextIndex space, MemoryTier tier, CancellationToken cancellationToken) => tier switch
    {
        MemoryTier.Categories => await CategoriesAsync(run, space, cancellationToken),
        MemoryTier.Items => await ItemsAsync(run, space, cancellationToken),
        _ => Best(
            run, "resources", space.Resources, ResourceWords(run, space),
            await NearestAsync(run, space, VectorCollections.Resources, "resources", space.Resources, space.Resources.HasText, cancellationToken)),
    };

    /// <summary>Items, and some more than are wanted where those are to go that repeat others.</summary>
    private async Task<IReadOnlyList<Scored<string>>> ItemsAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        var tier = space.Items;
        var scores = new ItemScores(run, space);
        var nearest = await NearestAsync(run, space, VectorCollections.Items, "items", tier, tier.HasText, cancellationToken);
        var weight = vectors.IsOffline ? vectors.Weight : Fusion.ItemWeight;
        var hits = Ranked(run, tier, scores.All, nearest, weight, run.Options.TopK + (run.Options.Diversity > 0 ? Variety.Spare : 0));
        Explained(run, "items", tier, scores.All, weight, hits, scores.Parts);

        // As they were ranked, explained or not: the exact sums of the parts differ in the last digits, and which of them repeat others is chosen next.
        return hits.WithIds(tier.Ids);
    }

    /// <summary>Categories with something on their page first: an empty page answers nothing, however well its name fits.</summary>
    private async Task<IReadOnlyList<Scored<string>>> CategoriesAsync(Retrieval run, SpaceTextIndex space, CancellationToken cancellationToken)
    {
        var tier = space.Categories;
        var byName = await NearestAsync(run, space, VectorCollections.Categories, "categories", tier, tier.HasText, cancellationToken);
        var bySummary = await NearestAsync(
            run, space, VectorCollections.CategorySummaries, "category summaries", tier, space.Summarized, cancellationToken);
        var nearest = byName.Concat(bySummary).OrderByDescending(h => h.Score).ThenBy(h => h.Value).ToList();
        var words = tier.Score(run);
        var ranked = Ranked(run, tier, words, nearest, vectors.Weight, tier.Count);
        var ordered = ranked.Where(h => space.Filled[h.Value]).ToList();
        var lowest = ordered is [.., var last] ? last.Score : double.MaxValue;
        ordered.AddRange(ranked.Where(h => !space.Filled[h.Value]).Select(h => h with { Score = Math.Min(h.Score, lowest) }));
        return Explained(run, "categories", tier, words, vectors.Weight, ordered.Take(run.Options.TopK));
    }

    /// <summary>Hits by vectors. Hashed features of a question without a telling word would only find its other words.</summary>
    private async Task<IReadOnlyList<Scored<int>>> NearestAsync(
        Retrieval run, SpaceTextIndex space, string collection, string what, TierIndex tier, bool[] expected, CancellationToken cancellationToken) =>
        vectors.IsOffline && run.Understood.Terms.Count == 0
            ? []
            : await vectors.NearestAsync(run, space, collection, what, tier.Ids, run.Options.TopK, n => expected[n], cancellationToken);

    private IReadOnlyList<Scored<string>> Best(Retrieval run, string name, TierIndex tier, ReadOnlyMemory<float> words, IReadOnlyList<Scored<int>> nearest) =>
        Explained(run, name, tier, words, vectors.Weight, Ranked(run, tier, words, nearest, vectors.Weight, run.Options.TopK));

    /// <summary>The hits by id, each with what the words and what the vectors gave, where that is wanted.</summary>
    private IReadOnlyList<Scored<string>> Explained(
        Retrieval run, string name, TierIndex tier, ReadOnlyMemory<float> words, double weight, IEnumerable<Scored<int>> hits,
        Func<int, List<ScorePart>>? partsOfWords = null)
    {
        if (!run.Options.Explain)
        {
            return hits.WithIds(tier.Ids);
        }

        var best = TopScores.Highest(words.Span);
        return
        [
            .. hits.Select(hit =>
            {
                var ofWords = best > 0 ? words.Span[hit.Value] / best : 0;
                var rest = hit.Score - ofWords;
                List<ScorePart> parts = ofWords <= 0 ? [] : partsOfWords?.Invoke(hit.Value) ?? [new ScorePart("words", ofWords, 1)];
                if (Math.Abs(rest) > 1e-9)
                {
                    // An empty page is held down to the last filled one.
                    parts.Add(rest > 0 ? new ScorePart("vectors", rest / weight, weight) : new ScorePart("empty_page", 1, rest));
                }

                return run.Explain(name, new Scored<string>(tier.Ids[hit.Value], hit.Score), tier.Ids[hit.Value], parts);
            }),
        ];
    }

    private List<Scored<int>> Ranked(Retrieval run, TierIndex tier, ReadOnlyMemory<float> words, IReadOnlyList<Scored<int>> nearest, double weight, int topK)
    {
        var scores = run.Arrays.Scores(tier.Count).AsSpan(0, tier.Count);
        Fusion.Fuse(words.Span, nearest, weight, scores);
        var ranked = TopScores.Of(scores, topK);
        if (run.Understood.Terms.Count == 0)
        {
            // "What do you know about me?" has no word to search for: what vectors do not find is filled up from the overview.
            var found = ranked.Select(h => h.Value).ToHashSet();
            ranked.AddRange(tier.Overview.Where(n => !found.Contains(n)).Take(topK - ranked.Count).Select(n => new Scored<int>(n, 0)));
        }

        return ranked;
    }

    /// <summary>Words of the caption and, for less, of the best passage.</summary>
    private static Memory<float> ResourceWords(Retrieval run, SpaceTextIndex space)
    {
        var all = space.Resources.Score(run);
        var scores = all.Span;
        var best = TopScores.Highest(scores);
        var ofPassages = run.ScorePassages(space);
        var bestPassage = TopScores.Highest(ofPassages);
        var bestOfResource = run.Arrays.Scores(scores.Length);
        for (var i = 0; i < ofPassages.Length; i++)
        {
            if (space.ResourceOfPassage[i] is >= 0 and var resource)
            {
                bestOfResource[resource] = Math.Max(bestOfResource[resource], ofPassages[i]);
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = (best > 0 ? scores[i] / best : 0) + (bestPassage > 0 ? PassageShare * bestOfResource[i] / bestPassage : 0);
        }

        return all;
    }
}
