using System.Text.Json.Serialization;

namespace MemU.Evals.Scoring;

/// <summary>The figures of one category, and those of plain BM25 beside them.</summary>
internal sealed record CategoryFigures(string Category, [property: JsonPropertyName("memu")] Figures MemU, Figures Bm25);
