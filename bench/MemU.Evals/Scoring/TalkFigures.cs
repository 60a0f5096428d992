using System.Text.Json.Serialization;

namespace MemU.Evals.Scoring;

/// <summary>The figures of one talk over its questions that are not adversarial.</summary>
internal sealed record TalkFigures(string Talk, int Turns, [property: JsonPropertyName("memu")] Figures MemU);
