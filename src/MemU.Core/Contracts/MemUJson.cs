using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MemU.Contracts;

/// <summary>How records look in JSON that leaves the product: the seed's snake_case names, UTF-8 without needless escapes.</summary>
public static class MemUJson
{
    private const double LatestSecond = 253_402_300_800;

    /// <summary>One line.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(indented: false);

    /// <summary>For people.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    /// <summary>Epoch seconds, as the seed stores times, to the microsecond (the resolution of the Python code).</summary>
    public static double ToEpoch(DateTimeOffset time) =>
        Math.Round((time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerMicrosecond) / 1_000_000;

    /// <summary>The time of epoch seconds, to the microsecond. What <see cref="ToEpoch"/> gave comes back as the same microsecond.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the years 1 to 9999, or is no number.</exception>
    public static DateTimeOffset FromEpoch(double seconds) =>
        Math.Abs(seconds) < LatestSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1_000_000) * TimeSpan.TicksPerMicrosecond)
            : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "The time lies outside the years 1 to 9999.");

    private static JsonSerializerOptions Make(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,

            // Said outright: a program of a single file has no resolver unless it is told.
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }
}
