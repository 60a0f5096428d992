namespace MemU.Edit;

/// <summary>An item to add by hand.</summary>
public sealed record NewItem
{
    /// <summary>The memory in words; not blank.</summary>
    public required string Summary { get; init; }

    /// <summary>One of <see cref="MemoryTypes"/> or a custom type.</summary>
    public string MemoryType { get; init; } = MemoryTypes.Profile;

    /// <summary>Names of categories to put it on; a name that does not exist yet is an error.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>When it happened; null when unknown.</summary>
    public DateTimeOffset? HappenedAt { get; init; }
}
