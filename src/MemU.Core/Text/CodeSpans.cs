namespace MemU.Text;

/// <summary>Stretches of a text between backticks: code, whose marks end no sentence.</summary>
internal static class CodeSpans
{
    private const char Tick = '`';

    /// <summary>The stretches in order; as many backticks close one as have opened it.</summary>
    public static List<Range> Of(string text)
    {
        List<Range> spans = [];
        for (var start = text.IndexOf(Tick, StringComparison.Ordinal); start >= 0;)
        {
            var inside = start + TicksAt(text, start);
            var end = inside;
            while (end < text.Length && !(text[end] == Tick && TicksAt(text, end) == inside - start))
            {
                end += Math.Max(1, TicksAt(text, end));
            }

            if (end < text.Length)
            {
                spans.Add(inside..end);
                inside = end + TicksAt(text, end);
            }

            start = text.IndexOf(Tick, inside);
        }

        return spans;
    }

    private static int TicksAt(string text, int at)
    {
        var end = at;
        while (end < text.Length && text[end] == Tick)
        {
            end++;
        }

        return end - at;
    }
}
