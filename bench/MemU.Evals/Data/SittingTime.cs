using System.Globalization;
using System.Text.RegularExpressions;

namespace MemU.Evals.Data;

/// <summary>Reads the dates of data sets: "1:56 pm on 8 May, 2023", "2025-12-19 (Friday)", ISO 8601, "March-15-2024".</summary>
internal static partial class SittingTime
{
    private static readonly string[] Formats =
    [
        "h:mm tt 'on' d MMMM, yyyy", "h:mm tt 'on' d MMMM yyyy", "MMMM-d-yyyy", "MMMM d, yyyy", "d MMMM yyyy", "d MMMM, yyyy", "yyyy/MM/dd HH:mm",
    ];

    public static DateTimeOffset? Parse(string? text)
    {
        text = InBrackets().Replace(text ?? "", " ").Replace("  ", " ", StringComparison.Ordinal).Trim();
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, styles, out var time)
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out time)
                ? time
                : null;
    }

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex InBrackets();
}
