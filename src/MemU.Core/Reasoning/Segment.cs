namespace MemU.Reasoning;

/// <summary>A run of passages, by their index in the request, both ends included.</summary>
public sealed record Segment(int Start, int End);
