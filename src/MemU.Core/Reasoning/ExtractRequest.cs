namespace MemU.Reasoning;

/// <summary>A segment from which to draw memories.</summary>
public sealed record ExtractRequest
{
    /// <summary>What kind of source it is.</summary>
    public required Modality Modality { get; init; }

    /// <summary>The segment, in order.</summary>
    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>The types wanted.</summary>
    public required IReadOnlyList<string> MemoryTypes { get; init; }

    /// <summary>The categories to choose from.</summary>
    public required IReadOnlyList<CategoryDefinition> Categories { get; init; }

    /// <summary>The caller's own words on what a type means, by type.</summary>
    public IReadOnlyDictionary<string, string> TypeInstructions { get; init; } = new Dictionary<string, string>();

    /// <summary>The caller's own words on what to look for in this source; null for none.</summary>
    public string? Instructions { get; init; }

    /// <summary>True when a caption of the resource is wanted with the answer.</summary>
    public bool WantCaption { get; init; }
}
