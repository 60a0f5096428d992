using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MemU.Memorize;

namespace MemU.Contracts;

/// <summary>
/// How records look in JSON that leaves the product: the seed's snake_case names, UTF-8 without needless escapes. The options know the records of this namespace and need no
/// reflection for them; <see cref="Knowing"/> makes options that know records of yours too.
/// </summary>
public static class MemUJson
{
    private const double LatestSecond = 253_402_300_800;

    /// <summary>One line.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(indented: false);

    /// <summary>For people.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    /// <summary>The same for more records: those that the resolver knows (a context of yours, or reflection where a program is not compiled ahead of time).</summary>
    public static JsonSerializerOptions Knowing(IJsonTypeInfoResolver more, bool indented = false) => Make(indented, more);

    /// <summary>Epoch seconds, as the seed stores times, to the microsecond (the resolution of the Python code).</summary>
    public static double ToEpoch(DateTimeOffset time) =>
        Math.Round((time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerMicrosecond) / 1_000_000;

    /// <summary>The time of epoch seconds, to the microsecond. What <see cref="ToEpoch"/> gave comes back as the same microsecond.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the years 1 to 9999, or is no number.</exception>
    public static DateTimeOffset FromEpoch(double seconds) =>
        Math.Abs(seconds) < LatestSecond
            ? DateTimeOffset.UnixEpoch.AddTicks((long)Math.Round(seconds * 1_000_000) * TimeSpan.TicksPerMicrosecond)
            : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "The time lies outside the years 1 to 9999.");

    private static JsonSerializerOptions Make(bool indented, IJsonTypeInfoResolver? more = null)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = indented,

            TypeInfoResolver = more is null ? ContractTypes.Default : JsonTypeInfoResolver.Combine(ContractTypes.Default, more),
        };
        options.Converters.Add(new JsonStringEnumConverter<MemorizeOutcome>(JsonNamingPolicy.SnakeCaseLower));
        options.Converters.Add(new JsonStringEnumConverter<FindingSeverity>(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly();
        return options;
    }
}
