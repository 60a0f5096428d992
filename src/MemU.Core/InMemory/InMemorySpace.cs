using System.Collections.Immutable;
using MemU.Storage;

namespace MemU.InMemory;

/// <summary>
/// All rows of one space and the indexes over them. A published one never changes: a commit works on a <see cref="Copy"/> (cheap, the collections
/// are shared) and publishes that, so readers need no lock and see whole commits.
/// </summary>
internal sealed class InMemorySpace
{
    public long Revision { get; set; }

    public ImmutableDictionary<string, Resource> Resources { get; private set; } = EmptyRows<Resource>();

    public ImmutableDictionary<string, Passage> Passages { get; private set; } = EmptyRows<Passage>();

    public ImmutableDictionary<string, MemoryItem> Items { get; private set; } = EmptyRows<MemoryItem>();

    public ImmutableDictionary<string, MemoryCategory> Categories { get; private set; } = EmptyRows<MemoryCategory>();

    public ImmutableDictionary<string, ItemRevision> History { get; private set; } = EmptyRows<ItemRevision>();

    public ImmutableSortedDictionary<long, OwedVector> Owed { get; set; } = ImmutableSortedDictionary<long, OwedVector>.Empty;

    public InMemoryEmbeddedTexts Embedded { get; set; } = InMemoryEmbeddedTexts.Empty;

    public ImmutableDictionary<string, string> ResourceByUrl { get; private set; } = EmptyRows<string>();

    public ImmutableDictionary<string, string> CategoryByName { get; private set; } = EmptyRows<string>();

    public ImmutableSortedSet<string> ResourceIds { get; private set; } = EmptyIds;

    public ImmutableSortedSet<string> ItemIds { get; private set; } = EmptyIds;

    public ImmutableSortedSet<string> CategoryIds { get; private set; } = EmptyIds;

    public ImmutableSortedSet<string> HistoryIds { get; private set; } = EmptyIds;

    public ImmutableSortedSet<PassageKey> PassageOrder { get; private set; } = ImmutableSortedSet<PassageKey>.Empty;

    /// <summary>From item to category: the links.</summary>
    public ImmutableSortedSet<Pair> Links { get; private set; } = ImmutableSortedSet<Pair>.Empty;

    /// <summary>From category to item: the links again.</summary>
    public ImmutableSortedSet<Pair> ItemsByCategory { get; private set; } = ImmutableSortedSet<Pair>.Empty;

    public ImmutableSortedSet<Pair> ItemsByResource { get; private set; } = ImmutableSortedSet<Pair>.Empty;

    public ImmutableSortedSet<Pair> ItemsByPassage { get; private set; } = ImmutableSortedSet<Pair>.Empty;

    public ImmutableSortedSet<Pair> ItemsBySummary { get; private set; } = ImmutableSortedSet<Pair>.Empty;

    public ImmutableSortedSet<Pair> HistoryByItem { get; private set; } = ImmutableSortedSet<Pair>.Empty;

    private static ImmutableSortedSet<string> EmptyIds { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public bool IsEmpty => Resources.IsEmpty && Passages.IsEmpty && Items.IsEmpty && Categories.IsEmpty && History.IsEmpty && Owed.IsEmpty;

    /// <summary>Every row that has an id, by the table in which <see cref="RowOwners"/> knows it.</summary>
    public IEnumerable<(string Table, string Id)> RowIds =>
    [
        .. Resources.Keys.Select(id => (VectorCollections.Resources, id)),
        .. Passages.Keys.Select(id => (VectorCollections.Passages, id)),
        .. Items.Keys.Select(id => (VectorCollections.Items, id)),
        .. Categories.Keys.Select(id => (VectorCollections.Categories, id)),
        .. History.Keys.Select(id => ("history", id)),
    ];

    public InMemorySpace Copy() => (InMemorySpace)MemberwiseClone();

    public IEnumerable<Passage> PassagesOf(string resourceId) =>
        PassageOrder.From(new PassageKey(resourceId, int.MinValue, string.Empty)).TakeWhile(k => k.ResourceId == resourceId).Select(k => Passages[k.Id]);

    public void Put(Resource resource)
    {
        if (Resources.TryGetValue(resource.Id, out var old))
        {
            ResourceByUrl = ResourceByUrl.Remove(old.Url);
        }

        Resources = Resources.SetItem(resource.Id, resource);
        ResourceIds = ResourceIds.Add(resource.Id);
        ResourceByUrl = ResourceByUrl.SetItem(resource.Url, resource.Id);
    }

    public void Remove(Resource resource)
    {
        Resources = Resources.Remove(resource.Id);
        ResourceIds = ResourceIds.Remove(resource.Id);
        ResourceByUrl = ResourceByUrl.Remove(resource.Url);
    }

    /// <summary>All at once: the collections then change nodes that are new instead of copying them for each.</summary>
    public void Put(IReadOnlyList<Passage> passages)
    {
        if (passages.Count == 0)
        {
            return;
        }

        var (rows, order) = (Passages.ToBuilder(), PassageOrder.ToBuilder());
        foreach (var passage in passages)
        {
            if (rows.TryGetValue(passage.Id, out var old))
            {
                order.Remove(new PassageKey(old));
            }

            rows[passage.Id] = passage;
            order.Add(new PassageKey(passage));
        }

        (Passages, PassageOrder) = (rows.ToImmutable(), order.ToImmutable());
    }

    /// <summary>Removes a passage; items that were drawn from it no longer point at it.</summary>
    public void Remove(Passage passage)
    {
        foreach (var itemId in ItemsByPassage.Of(passage.Id))
        {
            var item = Items[itemId];
            Items = Items.SetItem(itemId, item with { PassageIds = [.. item.PassageIds.Where(id => id != passage.Id)] });
            ItemsByPassage = ItemsByPassage.Remove(new Pair(passage.Id, itemId));
        }

        Passages = Passages.Remove(passage.Id);
        PassageOrder = PassageOrder.Remove(new PassageKey(passage));
    }

    public void Put(IReadOnlyList<MemoryItem> items)
    {
        if (items.Count == 0)
        {
            return;
        }

        foreach (var item in items)
        {
            if (Items.TryGetValue(item.Id, out var old))
            {
                RemoveFromIndexes(old);
            }
        }

        // Copies, so that a list the caller still holds cannot change what is stored. Of one id the last counts.
        var last = new Dictionary<string, MemoryItem>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            last[item.Id] = item with { PassageIds = [.. item.PassageIds.Distinct(StringComparer.Ordinal)] };
        }

        Items = Items.SetItems(last);
        ItemIds = ItemIds.Union(last.Keys);
        ItemsByResource = ItemsByResource.Union(last.Values.Select(i => new Pair(i.ResourceId, i.Id)));
        ItemsBySummary = ItemsBySummary.Union(last.Values.Select(i => new Pair(i.Summary, i.Id)));
        ItemsByPassage = ItemsByPassage.Union(last.Values.SelectMany(i => i.PassageIds.Select(p => new Pair(p, i.Id))));
    }

    public void Remove(MemoryItem item)
    {
        foreach (var categoryId in Links.Of(item.Id))
        {
            RemoveLink(item.Id, categoryId);
        }

        Items = Items.Remove(item.Id);
        ItemIds = ItemIds.Remove(item.Id);
        RemoveFromIndexes(item);
    }

    public void Put(MemoryCategory category)
    {
        if (Categories.TryGetValue(category.Id, out var old))
        {
            CategoryByName = CategoryByName.Remove(old.Name);
        }

        Categories = Categories.SetItem(category.Id, category);
        CategoryIds = CategoryIds.Add(category.Id);
        CategoryByName = CategoryByName.SetItem(category.Name, category.Id);
    }

    public void Remove(MemoryCategory category)
    {
        foreach (var itemId in ItemsByCategory.Of(category.Id))
        {
            RemoveLink(itemId, category.Id);
        }

        Categories = Categories.Remove(category.Id);
        CategoryIds = CategoryIds.Remove(category.Id);
        CategoryByName = CategoryByName.Remove(category.Name);
    }

    public void Put(IReadOnlyList<CategoryItem> links)
    {
        Links = Links.Union(links.Select(l => new Pair(l.ItemId, l.CategoryId)));
        ItemsByCategory = ItemsByCategory.Union(links.Select(l => new Pair(l.CategoryId, l.ItemId)));
    }

    public void RemoveLink(string itemId, string categoryId)
    {
        Links = Links.Remove(new Pair(itemId, categoryId));
        ItemsByCategory = ItemsByCategory.Remove(new Pair(categoryId, itemId));
    }

    public void Put(ItemRevision revision)
    {
        if (History.TryGetValue(revision.Id, out var old))
        {
            HistoryByItem = HistoryByItem.Remove(new Pair(old.ItemId, old.Id));
        }

        History = History.SetItem(revision.Id, revision);
        HistoryIds = HistoryIds.Add(revision.Id);
        HistoryByItem = HistoryByItem.Add(new Pair(revision.ItemId, revision.Id));
    }

    public void Remove(ItemRevision revision)
    {
        History = History.Remove(revision.Id);
        HistoryIds = HistoryIds.Remove(revision.Id);
        HistoryByItem = HistoryByItem.Remove(new Pair(revision.ItemId, revision.Id));
    }

    private static ImmutableDictionary<string, T> EmptyRows<T>() => ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);

    private void RemoveFromIndexes(MemoryItem item)
    {
        ItemsByResource = ItemsByResource.Remove(new Pair(item.ResourceId, item.Id));
        ItemsBySummary = ItemsBySummary.Remove(new Pair(item.Summary, item.Id));
        ItemsByPassage = ItemsByPassage.Except(item.PassageIds.Select(p => new Pair(p, item.Id)));
    }
}
