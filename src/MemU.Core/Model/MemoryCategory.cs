namespace MemU;

/// <summary>A topic page: a name, what belongs on it, and a summary of its items. Names are unique within a space.</summary>
public sealed record MemoryCategory
{
    /// <summary>The space it belongs to.</summary>
    public required MemoryScope Scope { get; init; }

    /// <summary>A version-7 UUID.</summary>
    public required string Id { get; init; }

    /// <summary>The name, compared ignoring case when an extractor names it.</summary>
    public required string Name { get; init; }

    /// <summary>What belongs on it.</summary>
    public required string Description { get; init; }

    /// <summary>Markdown; null until an item was assigned.</summary>
    public string? Summary { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The text that is embedded for it.</summary>
    internal string EmbeddingText => Description.Length == 0 ? Name : $"{Name}: {Description}";
}
