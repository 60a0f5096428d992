namespace MemU.Edit;

/// <summary>A change of a category; a null part stays as it is.</summary>
public sealed record CategoryEdit
{
    /// <summary>New name; not blank, not taken.</summary>
    public string? Name { get; init; }

    /// <summary>New description.</summary>
    public string? Description { get; init; }

    /// <summary>New summary, Markdown.</summary>
    public string? Summary { get; init; }

    /// <summary>The category as the caller knows it; if somebody has changed it meanwhile nothing is written. Null to change it whatever it says now.</summary>
    public MemoryCategory? Expected { get; init; }
}
