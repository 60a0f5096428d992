using MemU.Commit;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>Brings in items, their links and their history.</summary>
internal sealed class ItemImport(IMemoryStore store, ImportSpace space)
{
    public async Task<ImportStep> PlanAsync(IReadOnlyList<ItemJson> batch, CancellationToken cancellationToken)
    {
        var items = batch
            .Select(i => i.ToModel(space.Scope) with { Id = space.Ids[i.Id], ResourceId = space.Ids[i.ResourceId], PassageIds = [.. i.PassageIds.Select(p => space.Ids[p])] })
            .ToList();
        var there = await ExistingItemsAsync(items.Select(i => i.Id), cancellationToken);
        var resources = (await store.GetResourcesAsync(space.Scope, [.. items.Select(i => i.ResourceId).Distinct()], cancellationToken)).Select(r => r.Id).ToHashSet();
        var passages = (await store.GetPassagesAsync(space.Scope, [.. items.SelectMany(i => i.PassageIds).Distinct()], cancellationToken)).Select(p => p.Id).ToHashSet();
        List<MemoryItem> added = [];
        long unchanged = 0, dangling = 0;
        foreach (var item in items)
        {
            if (there.Contains(item.Id))
            {
                unchanged++;
            }
            else if (space.LeftAlone.Contains(item.ResourceId))
            {
                continue;
            }
            else if (!resources.Contains(item.ResourceId))
            {
                dangling++;
            }
            else
            {
                added.Add(item.PassageIds.All(passages.Contains) ? item : item with { PassageIds = [.. item.PassageIds.Where(passages.Contains)] });
            }
        }

        return new ImportStep
        {
            Changes = new MemoryChanges { Items = added },
            Texts = space.Header.Vectors ? [] : [.. TextToEmbed.Some([.. added.Select(TextToEmbed.Of)])],
            Added = new Dictionary<string, long> { [RecordTypes.Item] = added.Count },
            Unchanged = unchanged,
            Dangling = dangling,
        };
    }

    public async Task<ImportStep> PlanAsync(IReadOnlyList<RelationJson> batch, CancellationToken cancellationToken)
    {
        var links = batch.Select(l => new CategoryItem(space.Scope, space.Ids[l.ItemId], space.Ids[l.CategoryId])).ToList();
        string[] itemIds = [.. links.Select(l => l.ItemId).Distinct()];
        var items = await ExistingItemsAsync(itemIds, cancellationToken);
        var categories = (await store.GetCategoriesAsync(space.Scope, [.. links.Select(l => l.CategoryId).Distinct()], cancellationToken)).Select(c => c.Id).ToHashSet();
        var there = (await store.GetLinksAsync(space.Scope, itemIds, cancellationToken)).ToHashSet();
        List<CategoryItem> added = [];
        long unchanged = 0, unmatched = 0;
        foreach (var link in links)
        {
            if (!items.Contains(link.ItemId) || !categories.Contains(link.CategoryId))
            {
                unmatched++;
            }
            else if (!there.Add(link))
            {
                unchanged++;
            }
            else
            {
                added.Add(link);
            }
        }

        return new ImportStep
        {
            Changes = new MemoryChanges { Links = added },
            Added = new Dictionary<string, long> { [RecordTypes.Relation] = added.Count },
            Unchanged = unchanged,
            Dangling = space.Dangling(unmatched),
        };
    }

    public async Task<ImportStep> PlanAsync(IReadOnlyList<RevisionJson> batch, CancellationToken cancellationToken)
    {
        var there = new HashSet<string>();
        foreach (var itemId in batch.Select(r => space.Ids[r.ItemId]).Distinct())
        {
            there.UnionWith(await StorePaging.AllAsync((page, token) => store.ListHistoryAsync(space.Scope, itemId, page, token), cancellationToken)
                .Select(r => r.Id).ToListAsync(cancellationToken));
        }

        var revisions = batch.Select(r => r.ToModel(space.Scope) with { Id = space.Ids[r.Id], ItemId = space.Ids[r.ItemId], ResourceId = space.Ids[r.ResourceId] }).ToList();
        var added = revisions.Where(r => !there.Contains(r.Id) && !space.LeftAlone.Contains(r.ResourceId)).ToList();
        return new ImportStep
        {
            Changes = new MemoryChanges { History = added },
            Added = new Dictionary<string, long> { [RecordTypes.History] = added.Count },
            Unchanged = revisions.Count(r => there.Contains(r.Id)),
        };
    }

    private async Task<HashSet<string>> ExistingItemsAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        [.. (await store.GetItemsAsync(space.Scope, [.. ids], cancellationToken)).Select(i => i.Id)];
}
