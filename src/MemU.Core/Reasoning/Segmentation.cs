namespace MemU.Reasoning;

/// <summary>A resource split into topics.</summary>
/// <param name="Segments">In order.</param>
/// <param name="Caption">One sentence about the whole; null when this step did not need to look at the whole.</param>
public sealed record Segmentation(IReadOnlyList<Segment> Segments, string? Caption);
