namespace MemU.Reasoning;

/// <summary>The memories of one segment.</summary>
/// <param name="Items">May be empty: not every segment holds something to remember.</param>
/// <param name="Caption">One sentence about the resource, when it was wanted.</param>
public sealed record Extraction(IReadOnlyList<ItemDraft> Items, string? Caption);
