using System.Text.RegularExpressions;

namespace MemU.Text;

/// <summary>Dates told from the day of speaking: yesterday, last Friday, two weeks ago, next month, this weekend.</summary>
internal static partial class RelativeDates
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <summary>Adds the dates found.</summary>
    public static void Find(string text, DateOnly anchor, ICollection<DateMention> found)
    {
        foreach (Match m in DayWord().Matches(text))
        {
            Add(found, m, anchor.DayNumber + DayOffset(m), DatePrecision.Day);
        }

        foreach (Match m in Ago().Matches(text))
        {
            var count = CalendarWords.Number(m.Groups["n"].Value);
            AddUnits(found, m, anchor, m.Groups["past"].Success ? -count : count);
        }

        foreach (Match m in BeforeLast().Matches(text))
        {
            AddUnits(found, m, anchor, -2);
        }

        foreach (Match m in LastNext().Matches(text))
        {
            // "over the last month" and "the past year" are spans of time; "this may be" is a verb
            var which = m.Groups["which"].Value.ToLowerInvariant();
            if (CalendarWords.MayBeVerb(m.Groups["month"]) || IsSpanOfTime(text, m))
            {
                continue;
            }

            AddUnits(found, m, anchor, which is "last" or "past" ? -1 : which == "this" ? 0 : 1, which);
        }
    }

    private static bool IsSpanOfTime(string text, Match m) =>
        m.Groups["unit"] is { Success: true, Length: < 7 }
        && (m.ValueSpan.StartsWith("past", StringComparison.OrdinalIgnoreCase)
            || text.AsSpan(0, m.Index).TrimEnd().EndsWith("the", StringComparison.OrdinalIgnoreCase));

    private static int DayOffset(Match m)
    {
        var word = m.Value.ToLowerInvariant();
        return word switch
        {
            _ when word.Contains("before yesterday") => -2,
            _ when word.Contains("after tomorrow") => 2,
            _ when word.StartsWith("yesterday") || word.StartsWith("last") => -1,
            _ when word.StartsWith("tomorrow") => 1,
            _ => 0,
        };
    }

    private static void AddUnits(ICollection<DateMention> found, Match m, DateOnly anchor, int count, string which = "")
    {
        var unit = m.Groups["unit"].Value.ToLowerInvariant();
        var monday = anchor.DayNumber - CalendarWords.Weekday(anchor);
        if (m.Groups["weekday"].Success)
        {
            Add(found, m, Weekday(anchor, CalendarWords.Weekday(m.Groups["weekday"].Value), count, which), DatePrecision.Day);
        }
        else if (m.Groups["month"].Success)
        {
            var month = CalendarWords.Month(m.Groups["month"].Value);
            var year = anchor.Year + (count < 0 && month >= anchor.Month ? -1 : count > 0 && month <= anchor.Month ? 1 : 0);
            AddMonth(found, m, (year * 12L) + month - 1);
        }
        else if (unit.StartsWith("weekend", StringComparison.Ordinal))
        {
            // on a Saturday or Sunday "last weekend" is the one before
            Add(found, m, monday + 5 + (7L * count), DatePrecision.Weekend);
        }
        else if (unit.StartsWith("week", StringComparison.Ordinal))
        {
            Add(found, m, monday + (7L * count), DatePrecision.Week);
        }
        else if (unit.StartsWith("day", StringComparison.Ordinal))
        {
            Add(found, m, anchor.DayNumber + (long)count, DatePrecision.Day);
        }
        else if (unit.StartsWith("month", StringComparison.Ordinal))
        {
            AddMonth(found, m, (anchor.Year * 12L) + anchor.Month - 1 + count);
        }
        else if (anchor.Year + count is >= 1 and <= 9999 and var year)
        {
            found.Add(new DateMention(m.Index, m.Length, new DateOnly(year, 1, 1), DatePrecision.Year));
        }
    }

    private static long Weekday(DateOnly anchor, int weekday, int count, string which)
    {
        var monday = anchor.DayNumber - CalendarWords.Weekday(anchor);
        if (which == "this")
        {
            return monday + weekday;
        }

        if (which == "next")
        {
            return monday + 7 + weekday;
        }

        // the nearest one before or after the day of speaking, then whole weeks
        var back = ((CalendarWords.Weekday(anchor) - weekday + 6) % 7) + 1;
        return count < 0 ? anchor.DayNumber - back + (7L * (count + 1)) : anchor.DayNumber - back + 7 + (back == 7 ? 7 : 0) + (7L * (count - 1));
    }

    private static void AddMonth(ICollection<DateMention> found, Match m, long months)
    {
        if (months is >= 12 and < 120000)
        {
            found.Add(new DateMention(m.Index, m.Length, new DateOnly((int)(months / 12), (int)(months % 12) + 1, 1), DatePrecision.Month));
        }
    }

    private static void Add(ICollection<DateMention> found, Capture at, long dayNumber, DatePrecision precision)
    {
        if (dayNumber >= DateOnly.MinValue.DayNumber && dayNumber <= DateOnly.MaxValue.DayNumber)
        {
            found.Add(new DateMention(at.Index, at.Length, DateOnly.FromDayNumber((int)dayNumber), precision));
        }
    }

    [GeneratedRegex(@"\b((the\s+)?day\s+before\s+yesterday|(the\s+)?day\s+after\s+tomorrow|yesterday|last\s+night|tomorrow|today|tonight|this\s+(morning|afternoon|evening))\b", Options)]
    private static partial Regex DayWord();

    [GeneratedRegex(@"\b(?<n>" + CalendarWords.NumberPattern + @")\s+((?<unit>days?|weekends?|weeks?|months?|years?)|(?<weekday>" + CalendarWords.WeekdayPattern + @")s?)\s+((?<past>ago)|from\s+(now|today))\b", Options)]
    private static partial Regex Ago();

    [GeneratedRegex(@"\b(the\s+)?((?<unit>weekend|week|month|year)|(?<weekday>" + CalendarWords.WeekdayPattern + @"))\s+before\s+last\b", Options)]
    private static partial Regex BeforeLast();

    [GeneratedRegex(@"\b((?<which>last|past|next)|this\s+(?<which>past|coming|last|next)|(?<which>this|coming|upcoming))\s+((?<unit>weekend|week|month|year)|(?<weekday>" + CalendarWords.WeekdayPattern + @")|(?<month>" + CalendarWords.MonthPattern + @"))\b(?!\s+(before\s+last|[0-9]))", Options)]
    private static partial Regex LastNext();
}
