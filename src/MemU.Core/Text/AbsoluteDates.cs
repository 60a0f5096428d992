using System.Globalization;
using System.Text.RegularExpressions;

namespace MemU.Text;

/// <summary>Dates that name themselves: 7 May 2017, May 7, 2017-05-07, 2017年5月7日, in May, in 2022.</summary>
internal static partial class AbsoluteDates
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Adds the dates found; where the year is left out it is the one that brings the date nearest to the anchor.</summary>
    public static void Find(string text, DateOnly? anchor, ICollection<DateMention> found)
    {
        foreach (Match m in Numeric().Matches(text))
        {
            Add(found, m, Day(Int(m, "y"), Int(m, "m"), Int(m, "d")), DatePrecision.Day);
        }

        foreach (Match m in DayFirst().Matches(text))
        {
            Add(found, m, Day(Int(m, "y"), Int(m, "m"), Int(m, "d")), DatePrecision.Day);
        }

        foreach (Match m in Slashed().Matches(text))
        {
            AddSlashed(found, m, anchor);
        }

        foreach (Match m in EastAsian().Matches(text))
        {
            AddNamed(found, m, Int(m, "m"), anchor);
        }

        foreach (Match m in DayMonth().Matches(text))
        {
            AddNamed(found, m, CalendarWords.Month(m.Groups["month"].Value), anchor);
        }

        foreach (Match m in MonthDay().Matches(text))
        {
            AddNamed(found, m, CalendarWords.Month(m.Groups["month"].Value), anchor);
        }

        foreach (Match m in MonthYear().Matches(text))
        {
            AddNamed(found, m, CalendarWords.Month(m.Groups["month"].Value), anchor);
        }

        foreach (Match m in MonthAlone().Matches(text))
        {
            AddNamed(found, m, CalendarWords.Month(m.Groups["month"].Value), anchor, m.Groups["month"]);
        }

        foreach (Match m in YearAlone().Matches(text))
        {
            Add(found, m.Groups["y"], Day(Int(m, "y"), 1, 1), DatePrecision.Year);
        }
    }

    private static void AddNamed(ICollection<DateMention> found, Match m, int month, DateOnly? anchor, Capture? at = null)
    {
        if (!m.Groups["y"].Success && CalendarWords.MayBeVerb(m.Groups["month"]))
        {
            return;
        }

        var day = m.Groups["d"].Success ? Int(m, "d") : 1;
        var precision = m.Groups["d"].Success ? DatePrecision.Day : DatePrecision.Month;
        var date = m.Groups["y"].Success ? Day(Int(m, "y"), month, day) : anchor is { } a ? Nearest(a, month, day) : null;
        Add(found, at ?? m, date, precision);
    }

    private static void AddSlashed(ICollection<DateMention> found, Match m, DateOnly? anchor)
    {
        var (first, second) = (Int(m, "a"), Int(m, "b"));
        if (first <= 12 && second <= 12 && first != second)
        {
            return; // day and month cannot be told apart
        }

        var (month, day) = first > 12 ? (second, first) : (first, second);
        var date = m.Groups["y"].Success ? Day(Int(m, "y"), month, day) : anchor is { } a && first != second ? Nearest(a, month, day) : null;
        Add(found, m, date, DatePrecision.Day);
    }

    // Half a year away, before and after are equally likely.
    private static DateOnly? Nearest(DateOnly anchor, int month, int day)
    {
        DateOnly? best = null;
        for (var year = anchor.Year - 1; year <= anchor.Year + 1; year++)
        {
            if (Day(year, month, day) is { } date && (best is null || Distance(date) < Distance(best.Value)))
            {
                best = date;
            }
        }

        return best is { } b && Distance(b) <= 165 ? best : null;

        int Distance(DateOnly date) => Math.Abs(date.DayNumber - anchor.DayNumber);
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static void Add(ICollection<DateMention> found, Capture at, DateOnly? date, DatePrecision precision)
    {
        if (date is { } day)
        {
            found.Add(new DateMention(at.Index, at.Length, day, precision));
        }
    }

    private static int Int(Match m, string group) => int.Parse(m.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.-])(?<y>[12][0-9]{3})(?<s>[-/.])(?<m>[0-9]{1,2})\k<s>(?<d>[0-9]{1,2})(?![0-9]|[-/][0-9])", Options)]
    private static partial Regex Numeric();

    [GeneratedRegex(@"(?<![\w.])(?<d>[0-9]{1,2})\.\s?(?<m>[0-9]{1,2})\.\s?(?<y>[12][0-9]{3})(?![\w])", Options)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"(?<![\w./])(?<a>[0-9]{1,2})/(?<b>[0-9]{1,2})(/(?<y>[12][0-9]{3}))?(?![\w/]|\.[0-9])", Options)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"(?<![0-9])((?<y>[12][0-9]{3})\s?[年년]\s?(?<m>[0-9]{1,2})\s?[月월](\s?(?<d>[0-9]{1,2})\s?[日号號일])?|(?<m>[0-9]{1,2})\s?[月월]\s?(?<d>[0-9]{1,2})\s?[日号號일])", Options)]
    private static partial Regex EastAsian();

    [GeneratedRegex(@"\b(?<d>[0-9]{1,2})(st|nd|rd|th)?(\s+of)?\s+(?<month>" + CalendarWords.MonthPattern + @")\b\.?(,?\s+(?<y>[12][0-9]{3})\b)?", Options)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"\b(?<month>" + CalendarWords.MonthPattern + @")\b\.?\s+(the\s+)?(?<d>[0-9]{1,2})(st|nd|rd|th)?\b(?!:)(,?\s+(?<y>[12][0-9]{3})\b)?", Options)]
    private static partial Regex MonthDay();

    [GeneratedRegex(@"(?<![0-9](st|nd|rd|th)?(\s+of)?\s+)\b(?<month>" + CalendarWords.MonthPattern + @")\b\.?,?\s+(of\s+)?(?<y>[12][0-9]{3})\b", Options)]
    private static partial Regex MonthYear();

    [GeneratedRegex(@"\b(in|since|during|until|till|by|through|throughout|early|late|mid|end of|beginning of)[\s-]+(?<month>" + CalendarWords.MonthPattern + @")\b(?![’'])", Options)]
    private static partial Regex MonthAlone();

    [GeneratedRegex(@"\b(in|since|during|until|by|year|early|late)\s+(?<y>(19|20)[0-9]{2})\b(?![-/.:,]?[0-9])", Options)]
    private static partial Regex YearAlone();
}
