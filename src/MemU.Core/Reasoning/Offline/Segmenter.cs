using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Splits a source into topics: a conversation where time passes or the words change (after M. Hearst, "TextTiling", 1997), a
/// document at its headings and by size.
/// </summary>
internal static class Segmenter
{
    private const int Window = 4;
    private const int ShortestConversation = 6;
    private const int LongestConversation = 24;
    private const int ConversationCharacters = 12_000;
    private const int ShortestSection = 1_500;
    private const int LongestSection = 6_000;
    private static readonly TimeSpan Pause = TimeSpan.FromHours(4);

    /// <summary>The segments: all passages in order, none twice.</summary>
    public static IReadOnlyList<Segment> Split(SegmentRequest request, CancellationToken cancellationToken)
    {
        var passages = request.Passages;
        var starts = request.Modality == Modality.Conversation ? ConversationStarts(passages, cancellationToken) : DocumentStarts(passages);
        return [.. starts.Select((start, n) => new Segment(start, (n + 1 < starts.Count ? starts[n + 1] : passages.Count) - 1))];
    }

    /// <summary>True for a passage that begins with a Markdown heading.</summary>
    public static bool HasHeading(Passage passage) => passage.Text.AsSpan().TrimStart() is ['#', ..];

    private static List<int> DocumentStarts(IReadOnlyList<Passage> passages)
    {
        List<int> starts = passages.Count > 0 ? [0] : [];
        var size = 0;
        for (var i = 0; i < passages.Count; i++)
        {
            if (i > 0 && ((size >= ShortestSection && HasHeading(passages[i])) || size + passages[i].Length > LongestSection))
            {
                starts.Add(i);
                size = 0;
            }

            size += passages[i].Length;
        }

        return starts;
    }

    private static List<int> ConversationStarts(IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        List<int> starts = [];
        for (var i = 0; i < passages.Count; i++)
        {
            if (i == 0 || (passages[i].HappenedAt - passages[i - 1].HappenedAt)?.Duration() > Pause)
            {
                starts.Add(i);
            }
        }

        var topics = new List<int>(starts.Count);
        for (var n = 0; n < starts.Count; n++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = n + 1 < starts.Count ? starts[n + 1] : passages.Count;
            topics.AddRange(TopicStarts(passages, starts[n], end));
        }

        return topics;
    }

    private static IEnumerable<int> TopicStarts(IReadOnlyList<Passage> passages, int start, int end)
    {
        yield return start;
        if (end - start < 2)
        {
            yield break;
        }

        var depths = Depths(passages, start, end);
        var limit = depths.Length == 0 ? 0 : depths.Average() + (Deviation(depths) / 2);
        var size = passages[start].Length;
        var from = start;
        for (var i = start + 1; i < end; i++)
        {
            var shift = i - from >= ShortestConversation && end - i >= ShortestConversation / 2
                && depths[i - start - 1] > Math.Max(limit, 0.05) && IsPeak(depths, i - start - 1);
            if (shift || i - from >= LongestConversation || size + passages[i].Length > ConversationCharacters)
            {
                yield return i;
                from = i;
                size = 0;
            }

            size += passages[i].Length;
        }
    }

    // How much the words on both sides of each gap differ, against the best likeness on either side of it.
    private static double[] Depths(IReadOnlyList<Passage> passages, int start, int end)
    {
        var bags = new Dictionary<string, int>[end - start];
        for (var i = 0; i < bags.Length; i++)
        {
            bags[i] = TextAnalyzer.Terms(passages[start + i].Text).CountBy(t => t).ToDictionary();
        }

        var likeness = new double[bags.Length - 1];
        for (var gap = 0; gap < likeness.Length; gap++)
        {
            likeness[gap] = Cosine(Sum(bags, gap - Window + 1, gap + 1), Sum(bags, gap + 1, gap + 1 + Window));
        }

        var depths = new double[likeness.Length];
        for (var gap = 0; gap < depths.Length; gap++)
        {
            depths[gap] = Climb(likeness, gap, -1) + Climb(likeness, gap, 1) - (2 * likeness[gap]);
        }

        return depths;
    }

    private static double Climb(double[] likeness, int gap, int step)
    {
        var best = likeness[gap];
        for (var at = gap + step; at >= 0 && at < likeness.Length && likeness[at] >= best; at += step)
        {
            best = likeness[at];
        }

        return best;
    }

    private static bool IsPeak(double[] depths, int at) =>
        (at == 0 || depths[at] >= depths[at - 1]) && (at + 1 == depths.Length || depths[at] >= depths[at + 1]);

    private static Dictionary<string, int> Sum(Dictionary<string, int>[] bags, int from, int to)
    {
        var sum = new Dictionary<string, int>();
        for (var i = Math.Max(from, 0); i < Math.Min(to, bags.Length); i++)
        {
            foreach (var (term, count) in bags[i])
            {
                sum[term] = sum.GetValueOrDefault(term) + count;
            }
        }

        return sum;
    }

    private static double Cosine(Dictionary<string, int> a, Dictionary<string, int> b)
    {
        var (dot, aa, bb) = (0.0, 0.0, 0.0);
        foreach (var (term, count) in a)
        {
            dot += (double)count * b.GetValueOrDefault(term);
            aa += (double)count * count;
        }

        foreach (var count in b.Values)
        {
            bb += (double)count * count;
        }

        return aa > 0 && bb > 0 ? dot / Math.Sqrt(aa * bb) : 0;
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
