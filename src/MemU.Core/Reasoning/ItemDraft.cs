namespace MemU.Reasoning;

/// <summary>A memory before it is stored.</summary>
public sealed record ItemDraft
{
    /// <summary>One of the wanted types.</summary>
    public required string MemoryType { get; init; }

    /// <summary>The memory: self-contained, in the language of the source.</summary>
    public required string Content { get; init; }

    /// <summary>Names of categories it belongs to; may be empty.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Ids of the passages it was drawn from; empty when the reasoner cannot tell.</summary>
    public IReadOnlyList<string> PassageIds { get; init; } = [];

    /// <summary>When it happened, if the source says.</summary>
    public DateTimeOffset? HappenedAt { get; init; }
}
