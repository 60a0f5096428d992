using System.Globalization;
using System.Text.Json;

namespace MemU.Resources;

/// <summary>Reads the time of a message: ISO 8601, <c>YYYY-MM-DD hh:mm:ss</c>, or epoch seconds (or milliseconds). Without an offset it is UTC.</summary>
internal static class MessageTime
{
    private const double FirstMilliseconds = 1e11;

    public static DateTimeOffset? Parse(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDouble(out var seconds) ? FromEpoch(seconds) : null,
        JsonValueKind.String => Parse(value.GetString()!),
        _ => null,
    };

    public static DateTimeOffset? Parse(string text)
    {
        text = text.Trim();
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds)
            && text.Length != 4 && text.Length != 8)
        {
            return FromEpoch(seconds);
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var time)
            || DateTimeOffset.TryParseExact(text, ["yyyyMMdd", "yyyy", "yyyy-MM"], CultureInfo.InvariantCulture, styles, out time)
                ? time
                : null;
    }

    private static DateTimeOffset? FromEpoch(double seconds)
    {
        if (Math.Abs(seconds) >= FirstMilliseconds)
        {
            seconds /= 1000;
        }

        return double.IsFinite(seconds) && Math.Abs(seconds) < 2.5e11 && seconds > -6.2e10
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
            : null;
    }
}
