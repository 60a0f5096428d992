namespace MemU.Maintenance;

/// <summary>What a reindex did.</summary>
/// <param name="Delivered">Owed vectors that reached the index.</param>
/// <param name="Embedded">Vectors whose text was sent to the model.</param>
/// <param name="Reused">Vectors that the model had made before, for another record or before another model was used.</param>
/// <param name="Kept">Vectors that were right already.</param>
/// <param name="Removed">Vectors of what no longer exists, and all that were left where vectors were kept before.</param>
/// <param name="Usage">What the embedding model was asked.</param>
public sealed record ReindexReport(long Delivered, long Embedded, long Reused, long Kept, long Removed, Reasoning.ModelUsage Usage);
