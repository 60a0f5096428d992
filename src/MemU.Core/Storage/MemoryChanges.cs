namespace MemU.Storage;

/// <summary>
/// Everything that one commit writes into one space. Applied in this order: removals, resources, passages, categories, summaries, items,
/// links, history, former vectors, vectors. Removing a resource removes its passages and items; removing an item or a category removes its links.
/// Vectors of everything removed are removed too. Every record must carry the scope of the commit. All expectations
/// (<see cref="ResourceWrite"/>, <see cref="SummaryWrite"/>) are compared with what was stored before this commit.
/// </summary>
public sealed record MemoryChanges
{
    /// <summary>Ids to remove; unknown ids are ignored.</summary>
    public IReadOnlyList<string> RemovedResources { get; init; } = [];

    /// <summary>Ids to remove; unknown ids are ignored.</summary>
    public IReadOnlyList<string> RemovedPassages { get; init; } = [];

    /// <summary>Ids to remove; unknown ids are ignored.</summary>
    public IReadOnlyList<string> RemovedItems { get; init; } = [];

    /// <summary>Ids to remove; unknown ids are ignored.</summary>
    public IReadOnlyList<string> RemovedCategories { get; init; } = [];

    /// <summary>Links to remove; unknown links are ignored.</summary>
    public IReadOnlyList<CategoryItem> RemovedLinks { get; init; } = [];

    /// <summary>
    /// Ids of items whose history is to be forgotten; unknown ids are ignored. Removing an item or a resource by itself keeps its history.
    /// </summary>
    public IReadOnlyList<string> RemovedHistory { get; init; } = [];

    /// <summary>Vectors to remove besides those of removed records, as (collection, id).</summary>
    public IReadOnlyList<(string Collection, string Id)> RemovedVectors { get; init; } = [];

    /// <summary>Items from which the changes were computed; the commit fails when one is gone or has other words, another type or another source.</summary>
    public IReadOnlyList<MemoryItem> ExpectedItems { get; init; } = [];

    /// <summary>Resources to insert or update.</summary>
    public IReadOnlyList<ResourceWrite> Resources { get; init; } = [];

    /// <summary>Passages to insert or update by id.</summary>
    public IReadOnlyList<Passage> Passages { get; init; } = [];

    /// <summary>Categories to insert, or to update by id (name, description and summary).</summary>
    public IReadOnlyList<MemoryCategory> Categories { get; init; } = [];

    /// <summary>Summaries to write if nobody else has.</summary>
    public IReadOnlyList<SummaryWrite> Summaries { get; init; } = [];

    /// <summary>Items to insert or update by id, with their passage links.</summary>
    public IReadOnlyList<MemoryItem> Items { get; init; } = [];

    /// <summary>Links to add; a link that exists is left alone.</summary>
    public IReadOnlyList<CategoryItem> Links { get; init; } = [];

    /// <summary>History to add.</summary>
    public IReadOnlyList<ItemRevision> History { get; init; } = [];

    /// <summary>Vectors to insert or replace.</summary>
    public IReadOnlyList<VectorRecord> Vectors { get; init; } = [];

    /// <summary>
    /// Vectors that another model's replace, of the words that their records still say: remembered for the day that their model is used again.
    /// Those that name no text or no model, or cost nothing, are left out.
    /// </summary>
    public IReadOnlyList<VectorRecord> FormerVectors { get; init; } = [];

    /// <summary>The <see cref="IMemoryStore.GetErasureMarkAsync"/> from before the work began; the commit fails when the space was erased since. Null asks nothing.</summary>
    public long? NotErasedSince { get; init; }

    /// <summary>Asked inside the transaction, when no other commit can come between; what it throws undoes everything.</summary>
    internal Action? Precondition { get; init; }
}
