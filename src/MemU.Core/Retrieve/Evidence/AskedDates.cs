using System.Globalization;
using System.Text.RegularExpressions;
using MemU.Text;

namespace MemU.Retrieve.Evidence;

/// <summary>
/// Finds calendar dates in a question: ISO and East Asian notation, and English month names with or without day and year; and
/// days relative to the time of asking ("last week", "three days ago", "last year", "last summer").
/// </summary>
internal static partial class AskedDates
{
    private const string MonthName =
        "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

    private const string DayNumber = @"(?<d>[0-3]?\d)(?:st|nd|rd|th)?";
    private const string YearNumber = @"(?<y>(?:19|20)\d\d)";
    private const string SeasonName = "(?<season>spring|summer|autumn|fall|winter)";
    private const int MonthsOfSeason = 3;

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

        // "This year" holds nearly all that was said lately, "next year" what was not said yet: only the years before say something.
        return
        [
            .. mentions.Where(m => m.Precision != DatePrecision.Year || m.From.Year < askedOn.Year).Select(m => new AskedPeriod(m.From, m.To)),
            .. Season().Matches(question).Select(m => SeasonBefore(m, askedOn)).OfType<AskedPeriod>(),
        ];
    }

    /// <summary>
    /// The season that the question means: of those that are over at the time of asking, the last one or one before it; null when it lies before all dates. The seasons are those of the
    /// north, which most people who write so mean, by whole months: spring begins in March, and winter ends in February of the next year.
    /// </summary>
    private static AskedPeriod? SeasonBefore(Match match, DateOnly askedOn)
    {
        var firstMonth = match.Groups["season"].Value.ToLowerInvariant() switch
        {
            "spring" => 3,
            "summer" => 6,
            "winter" => 12,
            _ => 9,
        };
        var yearsBack = match.Groups["n"] is { Success: true, Value: var count } ? CalendarWords.Number(count) - 1 : match.Groups["before"].Success ? 1 : 0;
        var now = (askedOn.Year * 12) + askedOn.Month - 1;
        var first = (askedOn.Year * 12) + firstMonth - 1;
        while (first + MonthsOfSeason > now)
        {
            first -= 12;
        }

        first -= 12 * yearsBack;
        return first < 12 || yearsBack < 0 ? null : new AskedPeriod(FirstDay(first), FirstDay(first + MonthsOfSeason).AddDays(-1));
    }

    private static DateOnly FirstDay(int months) => new(months / 12, (months % 12) + 1, 1);

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

    // In "when did she last fall" it is a verb. So far back at most, that a long text is read in a time that grows with its length only.
    [GeneratedRegex(
        $@"\b(?:this\s+)?(?:last|past)\s+{SeasonName}\b(?<!\bwhen\b.{{0,80}}\bfall)"
        + $@"|\b{SeasonName}\s+(?<before>before\s+last)\b"
        + $@"|\b(?<n>{CalendarWords.NumberPattern})\s+{SeasonName}s?\s+ago\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Season();

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
