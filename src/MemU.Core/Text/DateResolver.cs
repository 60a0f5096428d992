using System.Buffers;

namespace MemU.Text;

/// <summary>
/// Finds the dates that a text names and says which days they are. Relative ones are English; what is ambiguous is left alone.
/// Pure and thread-safe.
/// </summary>
internal static class DateResolver
{
    // Most sentences name no date; this finds out much faster than the patterns do.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        ["day", "week", "month", "year", "morning", "evening", "afternoon", "night", "tomorrow", "yesterday",
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The dates in the order in which they stand, without overlaps.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="anchor">When it was said, in the speaker's own offset; null finds only dates that name their year.</param>
    public static IReadOnlyList<DateMention> Find(string text, DateTimeOffset? anchor)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9') && !text.AsSpan().ContainsAny(Signs))
        {
            return [];
        }

        var found = new List<DateMention>();
        var day = anchor is { } a ? DateOnly.FromDateTime(a.Date) : (DateOnly?)null;
        AbsoluteDates.Find(text, day, found);
        if (day is { } d)
        {
            RelativeDates.Find(text, d, found);
        }

        if (found.Count < 2)
        {
            return found;
        }

        // where two readings overlap, the longer one wins
        var kept = new List<DateMention>(found.Count);
        foreach (var mention in found.OrderByDescending(m => m.Length).ThenBy(m => m.Start))
        {
            if (kept.TrueForAll(k => mention.Start >= k.Start + k.Length || k.Start >= mention.Start + mention.Length))
            {
                kept.Add(mention);
            }
        }

        kept.Sort((x, y) => x.Start.CompareTo(y.Start));
        return kept;
    }
}
