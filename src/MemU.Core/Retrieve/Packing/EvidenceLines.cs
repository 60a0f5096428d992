using System.Globalization;

namespace MemU.Retrieve;

/// <summary>Chooses the passages that stand in a block, as far as there is room, each on a line with date, speaker and source.</summary>
internal sealed class EvidenceLines
{
    // So that a long hit leaves room for those that are nearly as good.
    private const int LeastHits = 3;

    // The date, the speaker and the source take some forty; with less than this there would be little more.
    private const int LeastOfExcerpt = 150;

    private readonly IReadOnlyDictionary<string, string> sources;
    private readonly AskedTerms asked;
    private readonly List<(Passage Passage, string Line, int Tokens, LongPassage? Whole)> chosen = [];
    private readonly int room;
    private int left;

    /// <param name="asked">What the passages are to answer.</param>
    /// <param name="sources">The names of the sources, by their ids.</param>
    /// <param name="room">How many tokens there may be.</param>
    public EvidenceLines(AskedTerms asked, IReadOnlyDictionary<string, string> sources, int room)
    {
        (this.asked, this.sources) = (asked, sources);
        this.room = left = room;
    }

    /// <summary>The tokens used.</summary>
    public int Used => room - left;

    /// <summary>
    /// Fills the room: from the best passage on each takes at most a third of it and stands there whole or, when it is longer, as an excerpt. A short line of a later one may fit where an earlier
    /// one did not. What is left in the end goes to the excerpts.
    /// </summary>
    public void Fill(IEnumerable<Passage> best)
    {
        foreach (var passage in best)
        {
            var most = Math.Min(left, Math.Max(room / LeastHits, LeastOfExcerpt));
            var line = Line(passage, passage.Text);
            var tokens = TokenCount.Of(line);
            if (tokens <= most)
            {
                chosen.Add((passage, line, tokens, null));
                left -= tokens;
            }
            else if (chosen.Count == 0 || left >= LeastOfExcerpt)
            {
                var whole = new LongPassage(passage.Text, asked);
                if (Excerpt(passage, whole, most) is { } excerpt)
                {
                    chosen.Add((passage, excerpt.Line, excerpt.Tokens, whole));
                    left -= excerpt.Tokens;
                }
            }
        }

        for (var i = 0; i < chosen.Count; i++)
        {
            var (passage, _, tokens, whole) = chosen[i];
            if (whole is not null && Excerpt(passage, whole, tokens + left) is { } longer)
            {
                chosen[i] = (passage, longer.Line, longer.Tokens, whole);
                left -= longer.Tokens - tokens;
            }
        }
    }

    /// <summary>The lines in the order of time.</summary>
    public IEnumerable<string> InOrderOfTime() => chosen
        .OrderBy(c => c.Passage.HappenedAt ?? DateTimeOffset.MinValue)
        .ThenBy(c => c.Passage.ResourceId, StringComparer.Ordinal)
        .ThenBy(c => c.Passage.Position)
        .Select(c => c.Line);

    private (string Line, int Tokens)? Excerpt(Passage passage, LongPassage whole, int most)
    {
        // What was counted sentence by sentence may, in rare cases, be a little more together.
        var around = TokenCount.Of(Line(passage, ""));
        for (var tokens = most - around; whole.Within(tokens) is { } text;)
        {
            var line = Line(passage, text);
            var over = TokenCount.Of(line) - most;
            if (over <= 0)
            {
                return (line, over + most);
            }

            tokens -= Math.Max(1, Math.Min(over, tokens / 2));
        }

        return null;
    }

    private string Line(Passage passage, string text) => $"- {About(passage)}{SingleLine.Of(text)}\n";

    /// <summary>When, who and where: <c>2026-03-01 12:00, Alice (monday.json): </c>.</summary>
    private string About(Passage passage)
    {
        var time = passage.HappenedAt?.ToString(passage.HappenedAt.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var who = string.Join(", ", new[] { time, passage.Role is null ? null : SingleLine.Of(passage.Role) }.Where(s => !string.IsNullOrEmpty(s)));
        var source = sources.GetValueOrDefault(passage.ResourceId) is { Length: > 0 } name ? $"{(who.Length > 0 ? " " : "")}({name})" : "";
        return who.Length + source.Length == 0 ? "" : $"{who}{source}: ";
    }
}
