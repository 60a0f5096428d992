namespace MemU.Retrieve;

/// <summary>
/// What speaks for every item as the answer to one query, before vectors: its own words, the best of the passages that it was drawn from, and, for far
/// less, how often and how lately it was told. Scores are of the best, 0 to 1.
/// </summary>
internal sealed class ItemScores
{
    // A passage is ranked by its place, its speaker and its time too, of which an item keeps a few words.
    private const float PassageWeight = 2;

    // Small enough that only items which fit about equally well change places.
    private const float ToldAgainWeight = 0.1f;
    private const float RecentWeight = 0.1f;

    private const float DaysOfHalfRecency = 30;

    private readonly SpaceTextIndex space;
    private readonly float[] words;
    private readonly float[] passages;
    private readonly float[] all;
    private readonly double unit;

    public ItemScores(Retrieval run, SpaceTextIndex space)
    {
        this.space = space;
        var count = space.Items.Count;
        (words, passages, all) = (run.Arrays.Scores(count), run.Arrays.Scores(count), run.Arrays.Scores(count));
        space.Items.Score(run).Span.CopyTo(words);
        var ofPassages = run.ScorePassages(space);
        for (var i = 0; i < count; i++)
        {
            foreach (var passage in space.PassagesOfItem[i])
            {
                passages[i] = Math.Max(passages[i], ofPassages[passage]);
            }
        }

        ToShares(words.AsSpan(0, count), TopScores.Highest(words.AsSpan(0, count)));
        ToShares(passages.AsSpan(0, count), TopScores.Highest(ofPassages));
        for (var i = 0; i < count; i++)
        {
            var fit = (WordsWeight(i) * words[i]) + (PassageWeight * passages[i]);
            all[i] = fit > 0 ? fit + (ToldAgainWeight * ToldAgain(i)) + (RecentWeight * Recency(i)) : 0;
        }

        var best = TopScores.Highest(All.Span);
        unit = best > 0 ? 1.0 / best : 0;
    }

    /// <summary>One score an item, by number; 0 where nothing fits. Any scale. Valid until the run is over.</summary>
    public ReadOnlyMemory<float> All => all.AsMemory(0, space.Items.Count);

    /// <summary>What gave the score of an item, as a share of the best one's.</summary>
    public List<ScorePart> Parts(int item)
    {
        var parts = new List<ScorePart>();
        if (all[item] > 0)
        {
            Add("words", words[item], WordsWeight(item));
            Add("passages", passages[item], PassageWeight);
            Add("told_again", ToldAgain(item), ToldAgainWeight);
            Add("recent", Recency(item), RecentWeight);
        }

        return parts;

        void Add(string name, double value, double weight)
        {
            if (value > 0)
            {
                parts.Add(new ScorePart(name, value, weight * unit));
            }
        }
    }

    /// <summary>An item made by hand, or by the Python code, has no passages: its words stand for them.</summary>
    private float WordsWeight(int item) => space.PassagesOfItem[item].Length == 0 ? 1 + PassageWeight : 1;

    /// <summary>0 for what was told at one sitting, 1/2 at two, 2/3 at three, below 1.</summary>
    private float ToldAgain(int item)
    {
        // An item's passages stand in their order, so that those of one sitting stand together.
        var (sittings, last) = (0, -1);
        foreach (var passage in space.PassagesOfItem[item])
        {
            var session = space.Passages.Facts[passage].Session;
            sittings += session == last ? 0 : 1;
            last = session;
        }

        return sittings > 1 ? 1 - (1f / sittings) : 0;
    }

    /// <summary>1 for what was told on the last day of all, 1/2 a month before; 0 when no day is known.</summary>
    private float Recency(int item)
    {
        var day = -1;
        foreach (var passage in space.PassagesOfItem[item])
        {
            day = Math.Max(day, space.Passages.Facts[passage].Day);
        }

        return day < 0 ? 0 : 1 / (1 + (Math.Max(0, space.Passages.LatestDay - day) / DaysOfHalfRecency));
    }

    private static void ToShares(Span<float> scores, float best)
    {
        for (var i = 0; best > 0 && i < scores.Length; i++)
        {
            scores[i] /= best;
        }
    }
}
