using MemU.Reasoning;

namespace MemU.Memorize;

/// <summary>What the reasoner drew from a source: the passages with their segments, the memories, the caption.</summary>
internal sealed record ExtractedSource(IReadOnlyList<Passage> Passages, IReadOnlyList<ItemDraft> Items, string? Caption);
