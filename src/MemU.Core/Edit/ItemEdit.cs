namespace MemU.Edit;

/// <summary>A change of an item; a null part stays as it is.</summary>
public sealed record ItemEdit
{
    /// <summary>New words; not blank.</summary>
    public string? Summary { get; init; }

    /// <summary>New type.</summary>
    public string? MemoryType { get; init; }

    /// <summary>Names of all categories it shall stand on.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The item as the caller knows it; if somebody has changed it meanwhile nothing is written. Null to change it whatever it says now.</summary>
    public MemoryItem? Expected { get; init; }
}
