using System.Collections.Frozen;
using System.Globalization;

namespace MemU.Retrieve.Evidence;

/// <summary>Sees at a glance whether a passage asks something, whether it names a time, and whether there is anything in it.</summary>
internal static class PassageCues
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TimeWords = FrozenSet.ToFrozenSet(
        Words(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public static PassageTraits Read(ReadOnlySpan<char> text) =>
        (text.IndexOfAny("?？؟") >= 0 ? PassageTraits.AsksQuestion : PassageTraits.None)
        | (NamesTime(text) ? PassageTraits.NamesTime : PassageTraits.None)
        | (text.IsWhiteSpace() ? PassageTraits.Blank : PassageTraits.None);

    private static bool NamesTime(ReadOnlySpan<char> text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                var word = text[start..i];
                if (TimeWords.Contains(word) || IsYear(word))
                {
                    return true;
                }

                start = -1;
            }
        }

        return false;
    }

    private static bool IsYear(ReadOnlySpan<char> word) =>
        word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1900 and < 2100;

    private static IEnumerable<string> Words()
    {
        var calendar = CultureInfo.InvariantCulture.DateTimeFormat;
        return
        [
            .. calendar.DayNames,
            .. calendar.MonthNames.Where(m => m.Length > 3),
            "yesterday", "today", "tonight", "tomorrow", "ago", "last", "next", "recently", "soon", "since",
            "morning", "evening", "weekend", "week", "weeks", "month", "months", "year", "years", "day", "days",
            "spring", "summer", "autumn", "fall", "winter",
        ];
    }
}
