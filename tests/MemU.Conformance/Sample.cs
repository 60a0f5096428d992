using MemU.Storage;

namespace MemU.Conformance;

/// <summary>One of everything, and the commit that stores it.</summary>
internal sealed record Sample(Rows Rows, Resource Resource, Passage First, Passage Second, MemoryItem Item, MemoryCategory Category, ItemRevision Revision)
{
    public CategoryItem Link => Rows.Link(Item, Category);

    public MemoryChanges Changes => new()
    {
        Resources = [new ResourceWrite(Resource)],
        Passages = [First, Second],
        Categories = [Category],
        Items = [Item],
        Links = [Link],
        History = [Revision],
        Vectors = [.. Vectors],
    };

    public IEnumerable<VectorRecord> Vectors =>
    [
        Rows.Vector(VectorCollections.Resources, Resource.Id),
        Rows.Vector(VectorCollections.Passages, First.Id),
        Rows.Vector(VectorCollections.Passages, Second.Id),
        Rows.Vector(VectorCollections.Items, Item.Id),
        Rows.Vector(VectorCollections.Categories, Category.Id),
    ];
}
