using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What a reindex did, in JSON.</summary>
/// <param name="Delivered">Owed vectors that reached the index.</param>
/// <param name="Embedded">Texts that were embedded.</param>
/// <param name="Reused">Vectors that the model had made before.</param>
/// <param name="Kept">Vectors that were right already.</param>
/// <param name="Removed">Vectors of what no longer exists, and all that were left where vectors were kept before.</param>
/// <param name="Usage">What the embedding model was asked.</param>
public sealed record ReindexJson(long Delivered, long Embedded, long Reused, long Kept, long Removed, UsageJson Usage)
{
    /// <summary>From the model.</summary>
    public static ReindexJson From(ReindexReport r) => new(r.Delivered, r.Embedded, r.Reused, r.Kept, r.Removed, UsageJson.From(r.Usage));
}
