namespace MemU.Reasoning;

/// <summary>A resource to split.</summary>
public sealed record SegmentRequest(Modality Modality, IReadOnlyList<Passage> Passages);
