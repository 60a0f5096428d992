namespace MemU.Text;

/// <summary>Stretches of a text between backticks: code, whose marks end no sentence.</summary>
internal static class CodeSpans
{
    private const char Tick = '`';

    /// <summary>The stretches in order; as many backticks close one as have opened it.</summary>
    public static List<Range> Of(string text)
    {
        var runs = RunsOf(text);
        var closers = ClosersOf(runs);
        List<Range> spans = [];
        for (var i = 0; i < runs.Count; i++)
        {
            if (closers[i] is { } closer)
            {
                spans.Add(runs[i].End..runs[closer].Start);
                i = closer;
            }
        }

        return spans;
    }

    private static List<Range> RunsOf(string text)
    {
        List<Range> runs = [];
        for (var start = text.IndexOf(Tick, StringComparison.Ordinal); start >= 0;)
        {
            var end = start;
            while (end < text.Length && text[end] == Tick)
            {
                end++;
            }

            runs.Add(start..end);
            start = text.IndexOf(Tick, end);
        }

        return runs;
    }

    // From the end, so that each run is looked at once, also in a text of nothing but backticks.
    private static int?[] ClosersOf(List<Range> runs)
    {
        var closers = new int?[runs.Count];
        Dictionary<int, int> nextOfLength = [];
        for (var i = runs.Count - 1; i >= 0; i--)
        {
            var length = runs[i].End.Value - runs[i].Start.Value;
            closers[i] = nextOfLength.TryGetValue(length, out var next) ? next : null;
            nextOfLength[length] = i;
        }

        return closers;
    }
}
