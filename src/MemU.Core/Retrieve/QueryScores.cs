using MemU.Retrieve.Evidence;

namespace MemU.Retrieve;

/// <summary>What speaks for every passage as the answer to one query: its words and place, the items that lead to it, and vectors. Scores are of the best, 0 to 1, plus what vectors add.</summary>
internal sealed class QueryScores
{
    // An item leads to passages whose own words fit less than the item's: it may lift them, not carry them past a better match.
    private const float ItemShare = 0.3f;

    private readonly Retrieval run;
    private readonly SpaceTextIndex space;
    private readonly IReadOnlyDictionary<int, float> lifts;
    private readonly float[] words;
    private readonly float[] all;
    private readonly double unit;
    private readonly MeaningScores meaning;

    /// <param name="run">Whose query it is.</param>
    /// <param name="space">The words of the space.</param>
    /// <param name="lifts">Passages that items lead to, with a share of 0 to 1.</param>
    /// <param name="nearest">Passages by their vectors, a list for each way in which the query was put; none without a model.</param>
    public QueryScores(Retrieval run, SpaceTextIndex space, IReadOnlyDictionary<int, float> lifts, IReadOnlyList<IReadOnlyList<Scored<int>>> nearest)
    {
        (this.run, this.space, this.lifts) = (run, space, lifts);
        var count = space.Passages.Count;
        (words, all) = (run.Arrays.Scores(count), run.Arrays.Scores(count));
        meaning = new MeaningScores(space.Passages, run.Understood.IsPlain, nearest, run.Arrays);
        run.ScorePassages(space).CopyTo(words);
        foreach (var (passage, share) in lifts)
        {
            words[passage] += ItemShare * share;
        }

        var best = TopScores.Highest(words.AsSpan(0, count));
        unit = best > 0 ? 1.0 / best : 0;
        var sums = all.AsSpan(0, count);
        Fusion.Fuse(words.AsSpan(0, count), [], 0, sums);
        meaning.AddTo(sums);
        Best = TopScores.Highest(All);
    }

    /// <summary>One score a passage, by number.</summary>
    public ReadOnlySpan<float> All => all.AsSpan(0, space.Passages.Count);

    /// <summary>The highest of them.</summary>
    public float Best { get; }

    /// <summary>The score of a passage as a share of the best one's.</summary>
    public double Share(int passage) => Best > 0 ? All[passage] / (double)Best : 0;

    /// <summary>What gave the score of a passage.</summary>
    public List<ScorePart> Parts(int passage)
    {
        var parts = run.PartsOfPassage(space, passage).Select(p => p with { Weight = p.Weight * unit }).ToList();
        if (lifts.TryGetValue(passage, out var share))
        {
            parts.Add(new ScorePart(EvidenceSignals.NameOf(Signal.Items), share, ItemShare * unit));
        }

        parts.AddRange(meaning.Parts(passage));
        return parts;
    }
}
