namespace MemU;

/// <summary>The three tiers of a retrieval, from the most condensed to the rawest.</summary>
public enum MemoryTier
{
    /// <summary>Topic pages.</summary>
    Categories,

    /// <summary>Single memories.</summary>
    Items,

    /// <summary>Whole sources, by their caption.</summary>
    Resources,
}
