namespace MemU.Maintenance;

/// <summary>How to reindex.</summary>
public sealed record ReindexOptions
{
    /// <summary>
    /// Whether to replace every vector that is not known to be the current model's of exactly its record's words; otherwise only what lacks a vector that
    /// can be compared. What the model has embedded already is not sent again.
    /// </summary>
    public bool All { get; init; }

    /// <summary>Whether to send every text to the model, also those that it has embedded: for a model that changed and kept its name.</summary>
    public bool Anew { get; init; }
}
