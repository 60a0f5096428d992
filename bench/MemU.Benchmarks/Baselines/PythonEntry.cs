using System.Text.Json.Serialization;

namespace MemU.Benchmarks.Baselines;

/// <summary>An entry of <c>vectors.json</c> for JsonSerializer.</summary>
internal sealed record PythonEntry(
    [property: JsonPropertyName("user_id")] string UserId,
    [property: JsonPropertyName("agent_id")] string AgentId,
    [property: JsonPropertyName("vector")] float[] Vector,
    [property: JsonPropertyName("text")] string? Text);
