namespace MemU.Reasoning;

/// <summary>The new summary of a category, Markdown, never blank.</summary>
public sealed record CategorySummary(string CategoryId, string Summary);
