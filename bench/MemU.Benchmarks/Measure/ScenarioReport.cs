using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemU.Benchmarks.Measure;

/// <summary>The document of one scenario.</summary>
internal sealed record ScenarioReport(
    string Scenario, string Description, DateTimeOffset StartedAt, double Seconds, MachineFacts Machine, MeasureSettings Settings, IReadOnlyList<Row> Rows,
    int GoalsMet, int GoalsMissed, string? Missing = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new FourDigits() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Nothing here is known to more than four digits.</summary>
    private sealed class FourDigits : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value == 0 || !double.IsFinite(value) ? 0 : Math.Abs(value) >= 1000 ? Math.Round(value) : Round(value));

        private static double Round(double value) => Math.Round(value, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15));
    }
}
