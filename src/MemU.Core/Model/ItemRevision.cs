namespace MemU;

/// <summary>What an item said before it was replaced or edited. The history of a space is never searched, only shown.</summary>
public sealed record ItemRevision
{
    /// <summary>The space it belongs to.</summary>
    public required MemoryScope Scope { get; init; }

    /// <summary>A version-7 UUID of its own.</summary>
    public required string Id { get; init; }

    /// <summary>The item as it was.</summary>
    public required string ItemId { get; init; }

    /// <summary>The resource the item belonged to.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The type the item had.</summary>
    public required string MemoryType { get; init; }

    /// <summary>The words the item had.</summary>
    public required string Summary { get; init; }

    /// <summary>When the item was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was replaced.</summary>
    public required DateTimeOffset ReplacedAt { get; init; }

    /// <summary>Why: <c>source changed</c> or <c>edited</c>.</summary>
    public required string Reason { get; init; }
}
