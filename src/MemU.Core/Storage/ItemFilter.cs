namespace MemU.Storage;

/// <summary>Which items; a null part does not filter.</summary>
public sealed record ItemFilter
{
    /// <summary>Only items of this resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Only items on this category's page.</summary>
    public string? CategoryId { get; init; }

    /// <summary>Only items of this type.</summary>
    public string? MemoryType { get; init; }

    /// <summary>Oldest first instead of newest first. What is added meanwhile comes too.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>All items of the space.</summary>
    public static ItemFilter All { get; } = new();
}
