namespace MemU.Storage;

/// <summary>A new summary of a category, written only if the stored one is still the one it was computed from.</summary>
public sealed record SummaryWrite(string CategoryId, string? Expected, string? Summary);
