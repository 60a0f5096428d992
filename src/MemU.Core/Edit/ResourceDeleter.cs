using MemU.Commit;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Edit;

/// <summary>
/// Removes a source with all that came from it alone: passages, items, their history, and the bytes. An item that other sources tell as well
/// stays and moves to one of them.
/// </summary>
internal sealed class ResourceDeleter(IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, EmbeddingModel embedding)
{
    private const int Batch = 500;

    public async Task<bool> DeleteAsync(MemoryScope scope, string id, CancellationToken cancellationToken)
    {
        await index.EnsureUsableAsync(scope, cancellationToken);

        // The vectors of items that stay are read from the index, so it has to be up to date.
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var memo = new EmbeddingMemo(embedding);
        var deleted = await Attempts.RunAsync(() => TryDeleteAsync(scope, id, memo, cancellationToken), cancellationToken);
        if (deleted is null)
        {
            return false;
        }

        // The row is gone: stopping here would only leave the bytes behind.
        if (deleted.ContentHash is not null && deleted.LocalPath.Length > 0 && !await IsKeptByAnotherAsync(deleted))
        {
            await blobs.DeleteAsync(scope, deleted.LocalPath, CancellationToken.None);
        }

        return true;
    }

    private async Task<Resource?> TryDeleteAsync(MemoryScope scope, string id, EmbeddingMemo memo, CancellationToken cancellationToken)
    {
        if ((await store.GetResourcesAsync(scope, [id], cancellationToken)).SingleOrDefault() is not { } resource)
        {
            return null;
        }

        var items = await ItemsAsync(scope, id, cancellationToken);
        var staying = await StayingAsync(scope, id, items, cancellationToken);
        var stayingIds = staying.Select(i => i.Id).ToHashSet();
        var homes = await store.GetResourcesAsync(scope, [.. staying.Select(i => i.ResourceId).Distinct()], cancellationToken);
        await writer.CommitAsync(
            scope,
            new MemoryChanges
            {
                RemovedResources = [id],
                RemovedHistory = [.. items.Select(i => i.Id).Where(i => !stayingIds.Contains(i)), .. await ForgottenAsync(scope, id, stayingIds, cancellationToken)],

                // Unchanged, but they must still be there.
                Resources = [.. homes.Select(h => new ResourceWrite(h, Exists: true, h.ContentHash))],

                // Removing the resource removes its items with links and vectors: those that stay are written anew.
                Items = staying,
                Links = staying.Count == 0 ? [] : await store.GetLinksAsync(scope, [.. stayingIds], cancellationToken),
                Vectors = await VectorsAsync(scope, staying, memo, cancellationToken),
            },
            cancellationToken);
        return resource;
    }

    private async Task<IReadOnlyList<MemoryItem>> ItemsAsync(MemoryScope scope, string resourceId, CancellationToken cancellationToken)
    {
        var items = new List<MemoryItem>();
        var filter = new ItemFilter { ResourceId = resourceId };
        var page = new PageRequest { Limit = Batch };
        while (true)
        {
            var found = await store.ListItemsAsync(scope, filter, page, cancellationToken);
            items.AddRange(found.Items);
            if (found.NextCursor is null)
            {
                return items;
            }

            page = page with { Cursor = found.NextCursor };
        }
    }

    private async Task<IReadOnlyList<MemoryItem>> StayingAsync(
        MemoryScope scope, string resourceId, IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        var elsewhere = new Dictionary<string, string>();
        foreach (var ids in items.SelectMany(i => i.PassageIds).Distinct().Chunk(Batch))
        {
            foreach (var passage in await store.GetPassagesAsync(scope, ids, cancellationToken))
            {
                if (passage.ResourceId != resourceId)
                {
                    elsewhere[passage.Id] = passage.ResourceId;
                }
            }
        }

        return
        [
            .. from item in items
               let others = item.PassageIds.Where(elsewhere.ContainsKey).ToList()
               where others.Count > 0
               select item with { ResourceId = elsewhere[others[0]], PassageIds = others },
        ];
    }

    // What earlier items of this source said is forgotten with it.
    private async Task<IReadOnlyList<string>> ForgottenAsync(
        MemoryScope scope, string resourceId, HashSet<string> stayingIds, CancellationToken cancellationToken)
    {
        var forgotten = new HashSet<string>();
        var page = new PageRequest { Limit = Batch };
        while (true)
        {
            var history = await store.ListHistoryAsync(scope, null, page, cancellationToken);
            forgotten.UnionWith(history.Items.Where(r => r.ResourceId == resourceId && !stayingIds.Contains(r.ItemId)).Select(r => r.ItemId));
            if (history.NextCursor is null)
            {
                return [.. forgotten];
            }

            page = page with { Cursor = history.NextCursor };
        }
    }

    private async Task<IReadOnlyList<VectorRecord>> VectorsAsync(
        MemoryScope scope, IReadOnlyList<MemoryItem> items, EmbeddingMemo memo, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return [];
        }

        var stored = await index.GetAsync(scope, VectorCollections.Items, [.. items.Select(i => i.Id)], cancellationToken);
        var known = stored.Select(v => v.Id).ToHashSet();
        return [.. stored, .. await memo.EmbedAsync(items.Where(i => !known.Contains(i.Id)).Select(TextToEmbed.Of), cancellationToken)];
    }

    private async Task<bool> IsKeptByAnotherAsync(Resource deleted)
    {
        var page = new PageRequest { Limit = PageRequest.MaxLimit };
        while (true)
        {
            var resources = await store.ListResourcesAsync(deleted.Scope, page, CancellationToken.None);
            if (resources.Items.Any(r => r.LocalPath == deleted.LocalPath))
            {
                return true;
            }

            if (resources.NextCursor is null)
            {
                return false;
            }

            page = page with { Cursor = resources.NextCursor };
        }
    }
}
