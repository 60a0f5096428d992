using System.Globalization;

namespace MemU.Reasoning.Llm;

/// <summary>Writes passages as numbered data lines and cuts lists of passages to a size.</summary>
internal static class PassageLines
{
    private const int Overhead = 60;

    /// <summary>One line a passage, numbered from <paramref name="first"/>.</summary>
    /// <param name="passages">The passages.</param>
    /// <param name="first">The number of the first one.</param>
    /// <param name="maxChars">How many characters of each text are shown.</param>
    public static List<string> Write(IEnumerable<Passage> passages, int first, int maxChars = int.MaxValue) =>
        [.. passages.Select((p, i) => Prompt.Line(
            ("n", first + i),
            ("time", Time(p.HappenedAt)),
            ("from", p.Role),
            ("text", Gist(p.Text, maxChars))))];

    /// <summary>The beginning of a text, marked where it was cut.</summary>
    public static string Gist(string text, int maxChars)
    {
        if (text.Length <= maxChars)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maxChars - 1]) ? maxChars - 1 : maxChars;
        return $"{text[..end]} …";
    }

    /// <summary>Runs of passages that hold at most so many characters each; a passage that alone is longer makes a run of its own.</summary>
    public static List<Segment> Runs(IReadOnlyList<Passage> passages, int from, int to, int maxChars, int shownChars = int.MaxValue)
    {
        var runs = new List<Segment>();
        var start = from;
        var size = 0;
        for (var i = from; i <= to; i++)
        {
            var length = Math.Min(passages[i].Text.Length, shownChars) + Overhead;
            if (i > start && size + length > maxChars)
            {
                runs.Add(new(start, i - 1));
                start = i;
                size = 0;
            }

            size += length;
        }

        runs.Add(new(start, to));
        return runs;
    }

    private static string? Time(DateTimeOffset? at) => at is { } t
        ? t.ToString(t.Offset == TimeSpan.Zero ? "yyyy-MM-dd HH:mm, dddd" : "yyyy-MM-dd HH:mm zzz, dddd", CultureInfo.InvariantCulture)
        : null;
}
