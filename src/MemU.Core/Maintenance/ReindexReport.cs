namespace MemU.Maintenance;

/// <summary>What a reindex did.</summary>
/// <param name="Delivered">Owed vectors that reached the index.</param>
/// <param name="Embedded">Texts that were embedded.</param>
/// <param name="Kept">Vectors that were right already.</param>
/// <param name="Removed">Vectors of what no longer exists.</param>
/// <param name="Usage">What the embedding model was asked.</param>
public sealed record ReindexReport(long Delivered, long Embedded, long Kept, long Removed, Reasoning.ModelUsage Usage);
