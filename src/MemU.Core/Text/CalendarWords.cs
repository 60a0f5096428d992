using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MemU.Text;

/// <summary>English names of months, weekdays and small numbers.</summary>
internal static class CalendarWords
{
    /// <summary>A pattern for a month's name or its short form.</summary>
    public const string MonthPattern =
        "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

    /// <summary>A pattern for a weekday's name.</summary>
    public const string WeekdayPattern = "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)";

    /// <summary>A pattern for a small number.</summary>
    public const string NumberPattern = "(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]{1,4})";

    private static readonly FrozenDictionary<string, int> Numbers =
        "zero one two three four five six seven eight nine ten eleven twelve".Split(' ')
            .Select((word, i) => KeyValuePair.Create(word, i))
            .Append(KeyValuePair.Create("a", 1)).Append(KeyValuePair.Create("an", 1))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>1 to 12.</summary>
    public static int Month(string name) => Array.IndexOf(Months, name[..3].ToLowerInvariant()) + 1;

    /// <summary>True for "may" and "march" in lower case.</summary>
    public static bool MayBeVerb(Group month) =>
        month.Success && (month.Value is "may" || month.Value.StartsWith("mar", StringComparison.Ordinal));

    /// <summary>0 for Monday to 6 for Sunday.</summary>
    public static int Weekday(string name) => name[..2].ToLowerInvariant() switch
    {
        "mo" => 0,
        "tu" => 1,
        "we" => 2,
        "th" => 3,
        "fr" => 4,
        "sa" => 5,
        _ => 6,
    };

    /// <summary>0 for Monday to 6 for Sunday.</summary>
    public static int Weekday(DateOnly day) => ((int)day.DayOfWeek + 6) % 7;

    /// <summary>The value of a number in digits or words.</summary>
    public static int Number(string text) => Numbers.TryGetValue(text, out var n) ? n : int.Parse(text, CultureInfo.InvariantCulture);
}
