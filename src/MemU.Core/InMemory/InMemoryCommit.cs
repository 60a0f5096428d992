using MemU.Storage;
using MemU.Vectors;

namespace MemU.InMemory;

/// <summary>
/// One commit at work: checks the changes and applies them to copies. Nothing that was published is touched, so a commit that throws leaves no trace.
/// </summary>
internal sealed class InMemoryCommit(MemoryScope scope, InMemorySpace before, RowOwners owners)
{
    private readonly List<(string Collection, string Id)> goneVectors = [];

    /// <summary>The space after the changes.</summary>
    public InMemorySpace Space { get; } = before.Copy();

    /// <summary>What the commit means for the vector index; the numbers are the caller's memory.</summary>
    public VectorChanges Vectors { get; private set; } = new();

    public void Apply(MemoryChanges changes)
    {
        CheckRecords(changes);
        changes.Precondition?.Invoke();
        CheckExpectations(changes);
        Remove(changes);
        foreach (var write in changes.Resources)
        {
            Put(write.Resource);
        }

        Put(changes.Passages);
        foreach (var category in changes.Categories)
        {
            Put(category);
        }

        foreach (var summary in changes.Summaries)
        {
            Put(summary);
        }

        Put(changes.Items);
        Put(changes.Links);

        foreach (var revision in changes.History)
        {
            owners.Claim("history", revision.Id, scope);
            Space.Put(revision);
        }

        Vectors = new VectorChanges
        {
            Removed = [.. goneVectors.Concat(changes.RemovedVectors).Distinct()],
            Upserted = changes.Vectors,
        };
        Space.Embedded = Space.Embedded.After(Vectors, changes.FormerVectors);
    }

    private void CheckRecords(MemoryChanges changes)
    {
        var scopes = changes.Resources.Select(r => r.Resource.Scope)
            .Concat(changes.Passages.Select(p => p.Scope))
            .Concat(changes.Categories.Select(c => c.Scope))
            .Concat(changes.Items.Select(i => i.Scope))
            .Concat(changes.Links.Select(l => l.Scope))
            .Concat(changes.RemovedLinks.Select(l => l.Scope))
            .Concat(changes.History.Select(h => h.Scope));
        if (scopes.Any(s => s != scope))
        {
            throw new ArgumentException($"A record of the commit belongs to another space than {scope}. Commit each space by itself.", nameof(changes));
        }

        VectorRules.Check(new VectorChanges { Removed = changes.RemovedVectors, Upserted = [.. changes.Vectors, .. changes.FormerVectors] });
    }

    private void CheckExpectations(MemoryChanges changes)
    {
        foreach (var write in changes.Resources.Where(w => w.Exists))
        {
            if (!before.Resources.TryGetValue(write.Resource.Id, out var stored) || stored.ContentHash != write.ExpectedContentHash)
            {
                throw new ConcurrentChangeException($"The resource '{write.Resource.Id}' was changed or removed meanwhile. Read it again and retry.");
            }
        }

        foreach (var item in changes.ExpectedItems)
        {
            if (!before.Items.TryGetValue(item.Id, out var stored) || !stored.SaysTheSame(item))
            {
                throw new ConcurrentChangeException($"The item '{item.Id}' was changed or removed meanwhile. Read it again and retry.");
            }
        }

        foreach (var write in changes.Summaries)
        {
            if (before.Categories.GetValueOrDefault(write.CategoryId)?.Summary != write.Expected)
            {
                throw new ConcurrentChangeException($"The summary of the category '{write.CategoryId}' was changed meanwhile. Read it again and retry.");
            }
        }
    }

    private void Remove(MemoryChanges changes)
    {
        foreach (var resource in Known(changes.RemovedResources, Space.Resources))
        {
            foreach (var passage in Space.PassagesOf(resource.Id))
            {
                Remove(passage);
            }

            foreach (var itemId in Space.ItemsByResource.Of(resource.Id))
            {
                Remove(Space.Items[itemId]);
            }

            Space.Remove(resource);
            Gone(VectorCollections.Resources, resource.Id);
        }

        foreach (var passage in Known(changes.RemovedPassages, Space.Passages))
        {
            Remove(passage);
        }

        foreach (var item in Known(changes.RemovedItems, Space.Items))
        {
            Remove(item);
        }

        foreach (var category in Known(changes.RemovedCategories, Space.Categories))
        {
            Space.Remove(category);
            Gone(VectorCollections.Categories, category.Id);
            goneVectors.Add((VectorCollections.CategorySummaries, category.Id));
        }

        foreach (var link in changes.RemovedLinks)
        {
            Space.RemoveLink(link.ItemId, link.CategoryId);
        }

        foreach (var revisionId in changes.RemovedHistory.Distinct(StringComparer.Ordinal).SelectMany(itemId => Space.HistoryByItem.Of(itemId)).ToList())
        {
            Space.Remove(Space.History[revisionId]);
            owners.Release("history", revisionId);
        }
    }

    private void Remove(Passage passage)
    {
        Space.Remove(passage);
        Gone(VectorCollections.Passages, passage.Id);
    }

    private void Remove(MemoryItem item)
    {
        Space.Remove(item);
        Gone(VectorCollections.Items, item.Id);
    }

    /// <summary>The tables are called like the collections of their vectors.</summary>
    private void Gone(string table, string id)
    {
        owners.Release(table, id);
        goneVectors.Add((table, id));
    }

    private static List<T> Known<T>(IEnumerable<string> ids, IReadOnlyDictionary<string, T> rows) =>
        [.. ids.Distinct(StringComparer.Ordinal).Where(rows.ContainsKey).Select(id => rows[id])];

    private void Put(Resource resource)
    {
        owners.Claim(VectorCollections.Resources, resource.Id, scope);
        if (Space.ResourceByUrl.TryGetValue(resource.Url, out var holder) && holder != resource.Id)
        {
            throw new ConcurrentChangeException($"Another resource of {scope} has this url meanwhile: '{holder}'. Read it again and retry.");
        }

        Space.Put(resource);
    }

    private void Put(IReadOnlyList<Passage> passages)
    {
        foreach (var passage in passages)
        {
            owners.Claim(VectorCollections.Passages, passage.Id, scope);
            if (!Space.Resources.ContainsKey(passage.ResourceId))
            {
                throw Dangling($"The passage '{passage.Id}' stands in the resource '{passage.ResourceId}'");
            }
        }

        Space.Put(passages);
    }

    private void Put(MemoryCategory category)
    {
        owners.Claim(VectorCollections.Categories, category.Id, scope);
        if (Space.CategoryByName.TryGetValue(category.Name, out var holder) && holder != category.Id)
        {
            throw new ConcurrentChangeException($"Another category of {scope} has this name meanwhile: '{holder}'. Read it again and retry.");
        }

        Space.Put(Space.Categories.TryGetValue(category.Id, out var stored) ? category with { CreatedAt = stored.CreatedAt } : category);
    }

    private void Put(SummaryWrite write)
    {
        if (!Space.Categories.TryGetValue(write.CategoryId, out var category))
        {
            throw new ConcurrentChangeException($"The category '{write.CategoryId}' was removed meanwhile. Read it again and retry.");
        }

        Space.Put(category with { Summary = write.Summary });
    }

    private void Put(IReadOnlyList<MemoryItem> items)
    {
        foreach (var item in items)
        {
            owners.Claim(VectorCollections.Items, item.Id, scope);
            if (!Space.Resources.ContainsKey(item.ResourceId))
            {
                throw Dangling($"The item '{item.Id}' comes from the resource '{item.ResourceId}'");
            }

            foreach (var passageId in item.PassageIds)
            {
                if (!Space.Passages.ContainsKey(passageId))
                {
                    throw Dangling($"The item '{item.Id}' was drawn from the passage '{passageId}'");
                }
            }
        }

        Space.Put(items);
    }

    private void Put(IReadOnlyList<CategoryItem> links)
    {
        foreach (var link in links)
        {
            if (!Space.Items.ContainsKey(link.ItemId))
            {
                throw Dangling($"A link names the item '{link.ItemId}'");
            }

            if (!Space.Categories.ContainsKey(link.CategoryId))
            {
                throw Dangling($"A link names the category '{link.CategoryId}'");
            }
        }

        Space.Put(links);
    }

    private ArgumentException Dangling(string claim) =>
        new($"{claim}, which is not in {scope}. Commit what a record points at before it or with it.");
}
