namespace MemU;

/// <summary>The collections of a vector index.</summary>
public static class VectorCollections
{
    /// <summary>Captions of resources (or their url).</summary>
    public const string Resources = "resources";

    /// <summary>Summaries of items.</summary>
    public const string Items = "items";

    /// <summary><c>name: description</c> of categories.</summary>
    public const string Categories = "categories";

    /// <summary>Summaries of categories.</summary>
    public const string CategorySummaries = "category_summaries";

    /// <summary>Passages; only written when the embeddings come from a model.</summary>
    public const string Passages = "passages";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Resources, Items, Categories, CategorySummaries, Passages];
}
