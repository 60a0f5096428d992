using System.Globalization;
using System.Text.RegularExpressions;

namespace MemU.Evals.Data;

/// <summary>Reads the dates of data sets: "1:56 pm on 8 May, 2023", "2025-12-19 (Friday)", ISO 8601, "March-15-2024", "8.5.2023", epoch seconds or milliseconds.</summary>
internal static partial class SittingTime
{
    // From here on a number counts milliseconds; as seconds it would lie in the year 5138.
    private const long FirstMilliseconds = 100_000_000_000;

    private static readonly string[] Formats =
    [
        "h:mm tt 'on' d MMMM, yyyy", "h:mm tt 'on' d MMMM yyyy", "MMMM-d-yyyy", "MMMM d, yyyy", "d MMMM yyyy", "d MMMM, yyyy", "yyyy/MM/dd HH:mm",
        "d.M.yyyy", "d.M.yyyy H:mm", "yyyy年M月d日",
    ];

    public static DateTimeOffset? Parse(string? text)
    {
        text = Remarks().Replace(text ?? "", " ").Replace("  ", " ", StringComparison.Ordinal).Trim();
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, styles, out var time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out time)
            || TryEpoch(text, out time)
                ? time
                : null;
    }

    private static bool TryEpoch(string text, out DateTimeOffset time)
    {
        var isEpoch = Epoch().IsMatch(text);
        var number = isEpoch ? double.Parse(text, CultureInfo.InvariantCulture) : 0;
        time = DateTimeOffset.UnixEpoch.AddMilliseconds(number < FirstMilliseconds ? number * 1000 : number);
        return isEpoch;
    }

    /// <summary>What stands in brackets, and the name of the zone that is taken anyway.</summary>
    [GeneratedRegex(@"\([^)]*\)|\s(?:UTC|GMT)$")]
    private static partial Regex Remarks();

    [GeneratedRegex(@"^[0-9]{9,13}(?:\.[0-9]+)?$")]
    private static partial Regex Epoch();
}
