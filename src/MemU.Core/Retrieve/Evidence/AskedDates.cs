using System.Globalization;
using System.Text.RegularExpressions;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// Finds calendar dates in a question: ISO and East Asian notation, and English month names with or without day and year; and
/// days relative to the time of asking ("last week", "three days ago").
/// </summary>
internal static partial class AskedDates
{
    private const string MonthName =
        "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

    private const string DayNumber = @"(?<d>[0-3]?\d)(?:st|nd|rd|th)?";
    private const string YearNumber = @"(?<y>(?:19|20)\d\d)";

    /// <summary>The dates in the order of the text; empty when there are none.</summary>
    public static IReadOnlyList<AskedDate> In(string question)
    {
        var mentions = new List<AskedDate>();
        foreach (Match match in Pattern().Matches(question))
        {
            var month = Month(match);
            if (month != 0 && IsOrdinaryWord(question, match))
            {
                continue;
            }

            var mention = new AskedDate(Number(match, "y"), month, Number(match, "d"));
            if (mention.Month is >= 0 and <= 12 && mention.Day is >= 0 and <= 31 && mention is not { Year: 0, Month: 0 })
            {
                mentions.Add(mention);
            }
        }

        return mentions;
    }

    /// <summary>The days that the question names relative to the day of asking; empty when there are none.</summary>
    public static IReadOnlyList<AskedPeriod> RelativeIn(string question, DateOnly askedOn)
    {
        var mentions = new List<DateMention>();
        RelativeDates.Find(question, askedOn, mentions);
        return [.. mentions.Where(m => m.Precision != DatePrecision.Year).Select(m => new AskedPeriod(m.From, m.To))];
    }

    private static int Month(Match match) =>
        match.Groups["m"] is { Success: true, ValueSpan: var name }
            ? 1 + MonthIndex(name[..3])
            : Number(match, "n");

    private static int MonthIndex(ReadOnlySpan<char> start)
    {
        var abbreviations = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames;
        for (var i = 0; i < 12; i++)
        {
            if (start.Equals(abbreviations[i], StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw new InvalidOperationException($"No month begins with '{start}'.");
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    /// <summary>"May" and "march" are months only beside a number, or capitalised within the sentence.</summary>
    private static bool IsOrdinaryWord(string question, Match match) =>
        match.Groups["m"].Success
        && match.Length == match.Groups["m"].Length
        && (match.Index == 0 || !char.IsUpper(question[match.Index]));

    [GeneratedRegex(
        $@"(?<!\d){YearNumber}[-/.](?<n>[01]?\d)(?:[-/.]{DayNumber})?(?!\d)"
        + @"|(?<y>(?:19|20)\d\d)\s?年(?:\s?(?<n>[01]?\d)\s?月(?:\s?(?<d>[0-3]?\d)\s?[日号號])?)?"
        + $@"|\b{DayNumber}\s+(?:of\s+)?(?<m>{MonthName})\b\.?(?:,?\s+{YearNumber}\b)?"
        + $@"|\b(?<m>{MonthName})\b\.?\s+{DayNumber}\b(?!:)(?:,?\s+{YearNumber}\b)?"
        + $@"|\b(?<m>{MonthName})\b\.?(?:,?\s+(?:of\s+)?{YearNumber}\b)?"
        + $@"|(?<![\d-]){YearNumber}(?![\d-])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
