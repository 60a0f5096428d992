namespace MemU.Maintenance;

/// <summary>How to reindex.</summary>
public sealed record ReindexOptions
{
    /// <summary>Whether to embed everything anew; otherwise only what lacks a vector of the current model.</summary>
    public bool All { get; init; }
}
