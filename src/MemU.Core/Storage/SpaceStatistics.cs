namespace MemU.Storage;

/// <summary>Counts and sizes of one space.</summary>
public sealed record SpaceStatistics
{
    /// <summary>The space.</summary>
    public required MemoryScope Scope { get; init; }

    /// <summary>Number of resources.</summary>
    public long Resources { get; init; }

    /// <summary>Number of passages.</summary>
    public long Passages { get; init; }

    /// <summary>Number of items.</summary>
    public long Items { get; init; }

    /// <summary>Number of categories.</summary>
    public long Categories { get; init; }

    /// <summary>Number of links between items and categories.</summary>
    public long Links { get; init; }

    /// <summary>Number of entries in the history.</summary>
    public long History { get; init; }

    /// <summary>Vectors that the index has not confirmed.</summary>
    public long OwedVectors { get; init; }

    /// <summary>Bytes of the kept sources.</summary>
    public long ResourceBytes { get; init; }

    /// <summary>UTF-16 characters of passages and item summaries.</summary>
    public long TextCharacters { get; init; }

    /// <summary>Items by memory type.</summary>
    public IReadOnlyDictionary<string, long> ItemsByType { get; init; } = new Dictionary<string, long>();

    /// <summary>Resources by modality.</summary>
    public IReadOnlyDictionary<string, long> ResourcesByModality { get; init; } = new Dictionary<string, long>();

    /// <summary>Items by category name.</summary>
    public IReadOnlyDictionary<string, long> ItemsByCategory { get; init; } = new Dictionary<string, long>();

    /// <summary>Items by the UTC day on which they were stored (<c>yyyy-MM-dd</c>).</summary>
    public IReadOnlyDictionary<string, long> ItemsByDay { get; init; } = new Dictionary<string, long>();
}
