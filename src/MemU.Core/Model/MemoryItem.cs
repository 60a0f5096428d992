namespace MemU;

/// <summary>One extracted memory, self-contained, pointing at the passages that it came from.</summary>
public sealed record MemoryItem
{
    /// <summary>The space it belongs to.</summary>
    public required MemoryScope Scope { get; init; }

    /// <summary>A version-7 UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The resource from which it was extracted.</summary>
    public required string ResourceId { get; init; }

    /// <summary>One of <see cref="MemoryTypes"/> or a custom type.</summary>
    public required string MemoryType { get; init; }

    /// <summary>The memory in words, in the language of its source.</summary>
    public required string Summary { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When what it tells happened or was said; null when unknown.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    /// <summary>The passages that it was drawn from, in their order; empty in rows written by the Python code.</summary>
    public IReadOnlyList<string> PassageIds { get; init; } = [];

    /// <summary>True when nobody has edited or moved it between the two states.</summary>
    internal bool SaysTheSame(MemoryItem other) => (Summary, MemoryType, ResourceId) == (other.Summary, other.MemoryType, other.ResourceId);
}
