namespace MemU;

/// <summary>A hit with its score; higher is better. Scores are comparable within one list only.</summary>
public sealed record Scored<T>(T Value, double Score);
