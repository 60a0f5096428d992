using System.Text.Json;
using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>What a space must hold after a commit, in the plainest way to say it: lists, gone through from end to end.</summary>
internal sealed class ModelSpace(MemoryScope scope)
{
    private List<Resource> resources = [];
    private List<Passage> passages = [];
    private List<MemoryItem> items = [];
    private List<MemoryCategory> categories = [];
    private List<CategoryItem> links = [];
    private List<ItemRevision> history = [];

    /// <summary>The rows as <see cref="MemoryStoreSuite.DumpRowsAsync"/> shows them.</summary>
    public string Dump() => JsonSerializer.Serialize(new object[]
    {
        resources.OrderByDescending(r => r.Id, StringComparer.Ordinal),
        passages.OrderBy(p => p.ResourceId, StringComparer.Ordinal).ThenBy(p => p.Position),
        items.OrderByDescending(i => i.Id, StringComparer.Ordinal),
        categories.OrderByDescending(c => c.Id, StringComparer.Ordinal),
        links.OrderBy(l => l.ItemId, StringComparer.Ordinal).ThenBy(l => l.CategoryId, StringComparer.Ordinal),
        history.OrderByDescending(h => h.Id, StringComparer.Ordinal),
    });

    /// <summary>Applies the changes; false, and nothing happened, when they must be refused.</summary>
    public bool TryApply(MemoryChanges changes)
    {
        var next = (ModelSpace)MemberwiseClone();
        next.resources = [.. resources];
        next.passages = [.. passages];
        next.items = [.. items];
        next.categories = [.. categories];
        next.links = [.. links];
        next.history = [.. history];
        if (!Expected(changes) || !next.Apply(changes))
        {
            return false;
        }

        (resources, passages, items) = (next.resources, next.passages, next.items);
        (categories, links, history) = (next.categories, next.links, next.history);
        return true;
    }

    private bool Expected(MemoryChanges changes) =>
        changes.Resources.Where(w => w.Exists).All(w => resources.Any(r => r.Id == w.Resource.Id && r.ContentHash == w.ExpectedContentHash))
        && changes.Summaries.All(s => categories.Find(c => c.Id == s.CategoryId)?.Summary == s.Expected);

    private bool Apply(MemoryChanges changes)
    {
        resources.RemoveAll(r => changes.RemovedResources.Contains(r.Id));
        passages.RemoveAll(p => changes.RemovedPassages.Contains(p.Id) || resources.All(r => r.Id != p.ResourceId));
        items.RemoveAll(i => changes.RemovedItems.Contains(i.Id) || resources.All(r => r.Id != i.ResourceId));
        items = [.. items.Select(i => i with { PassageIds = [.. i.PassageIds.Where(id => passages.Any(p => p.Id == id))] })];
        categories.RemoveAll(c => changes.RemovedCategories.Contains(c.Id));
        links.RemoveAll(l => changes.RemovedLinks.Contains(l) || items.All(i => i.Id != l.ItemId) || categories.All(c => c.Id != l.CategoryId));
        history.RemoveAll(h => changes.RemovedHistory.Contains(h.ItemId));
        return changes.Resources.All(w => resources.All(r => r.Url != w.Resource.Url || r.Id == w.Resource.Id) && Put(resources, w.Resource, r => r.Id))
            && changes.Passages.All(p => resources.Any(r => r.Id == p.ResourceId) && Put(passages, p, x => x.Id))
            && changes.Categories.All(c => categories.All(x => x.Name != c.Name || x.Id == c.Id) && Put(categories, c, x => x.Id))
            && changes.Summaries.All(s => categories.Find(c => c.Id == s.CategoryId) is { } c && Put(categories, c with { Summary = s.Summary }, x => x.Id))
            && changes.Items.All(i => resources.Any(r => r.Id == i.ResourceId) && i.PassageIds.All(id => passages.Any(p => p.Id == id)) && Put(items, i, x => x.Id))
            && changes.Links.All(l => items.Any(i => i.Id == l.ItemId) && categories.Any(c => c.Id == l.CategoryId) && Put(links, l, x => (x.ItemId, x.CategoryId)))
            && changes.History.All(h => h.Scope == scope && Put(history, h, x => x.Id));
    }

    private static bool Put<T, TKey>(List<T> rows, T row, Func<T, TKey> key)
    {
        rows.RemoveAll(r => EqualityComparer<TKey>.Default.Equals(key(r), key(row)));
        rows.Add(row);
        return true;
    }
}
