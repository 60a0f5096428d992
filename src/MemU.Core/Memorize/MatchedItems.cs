using MemU.Reasoning;

namespace MemU.Memorize;

/// <summary>The memories of a source beside those that the space holds.</summary>
/// <param name="Pairs">What belongs to the source from now on, each with the draft that it was made of.</param>
internal sealed record MatchedItems(IReadOnlyList<(MemoryItem Item, ItemDraft Draft)> Pairs)
{
    /// <summary>The items that belong to the source from now on.</summary>
    public IReadOnlyList<MemoryItem> Stored { get; } = [.. Pairs.Select(p => p.Item)];

    /// <summary>Items of other sources that gain evidence, and items that move to another source that still supports them.</summary>
    public required IReadOnlyList<MemoryItem> Changed { get; init; }

    /// <summary>The sources of the changed items.</summary>
    public required IReadOnlyList<Resource> OtherSources { get; init; }

    /// <summary>The items of the space from which all this was computed, as they were.</summary>
    public required IReadOnlyList<MemoryItem> Before { get; init; }

    /// <summary>Items that the source no longer supports.</summary>
    public required IReadOnlyList<MemoryItem> Removed { get; init; }

    /// <summary>What the removed items said.</summary>
    public required IReadOnlyList<ItemRevision> History { get; init; }
}
