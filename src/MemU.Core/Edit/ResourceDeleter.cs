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
internal sealed class ResourceDeleter(IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, EmbeddingModel embedding, PageEditor pages)
{
    public async Task<bool> DeleteAsync(MemoryScope scope, string id, CancellationToken cancellationToken)
    {
        await index.EnsureUsableAsync(scope, cancellationToken);
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);

        // The vectors of items that stay are read from the index, so it has to be up to date.
        await writer.DeliverOwedAsync(scope, cancellationToken);
        var vectors = new VectorBuilder(scope, store, index, embedding, new ReasoningLog());
        return await Attempts.RunAsync(() => TryDeleteAsync(scope, id, mark, vectors, cancellationToken), cancellationToken);
    }

    private async Task<bool> TryDeleteAsync(MemoryScope scope, string id, long mark, VectorBuilder vectors, CancellationToken cancellationToken)
    {
        if ((await store.GetResourcesAsync(scope, [id], cancellationToken)).SingleOrDefault() is not { } resource)
        {
            return false;
        }

        using var doubt = resource.ContentHash is null ? null : await blobs.DoubtAsync(scope, resource.LocalPath, cancellationToken);

        var items = await store.AllItemsAsync(scope, new ItemFilter { ResourceId = id }, cancellationToken);
        var (moved, removed) = await ItemRemoval.PlanAsync(store, scope, items, id, cancellationToken);
        var homes = await store.GetResourcesAsync(scope, [.. moved.Select(i => i.ResourceId).Distinct()], cancellationToken);
        var texts = moved.Select(TextToEmbed.Of).OfType<TextToEmbed>().ToList();
        var made = await vectors.VectorsOfAsync(texts, cancellationToken);
        var summaries = await PagesAsync(scope, removed, cancellationToken);
        try
        {
            await writer.CommitAsync(
                scope,
                new MemoryChanges
                {
                    NotErasedSince = mark,
                    RemovedResources = [id],
                    Summaries = summaries.Summaries,
                    RemovedVectors = summaries.RemovedVectors,
                    RemovedHistory = [.. removed.Select(i => i.Id).Union(await EarlierItemsAsync(scope, id, cancellationToken)).Except(moved.Select(i => i.Id))],

                    // Unchanged, but they must still be there.
                    Resources = [.. homes.Select(h => new ResourceWrite(h, Exists: true, h.ContentHash))],

                    // Removing the resource removes its items with links and vectors: those that stay are written anew.
                    Items = moved,
                    Links = moved.Count == 0 ? [] : await store.GetLinksAsync(scope, [.. moved.Select(i => i.Id)], cancellationToken),
                    Vectors = [.. texts.Select((t, i) => t.With(made[i], embedding.Name)), .. await vectors.BuildAsync([.. summaries.Texts], cancellationToken)],
                },
                cancellationToken);
        }
        catch (SpaceErasedException)
        {
            // The bytes went with the space, and nobody uses it next who could settle this.
            doubt?.Settle();
            throw;
        }

        // The row is gone: stopping here would only leave the bytes behind. Paths of the Python code are its own.
        if (resource is { ContentHash: not null, LocalPath.Length: > 0 })
        {
            await BlobRemoval.RemoveUnusedAsync(store, blobs, scope, [resource.LocalPath]);
        }

        doubt?.Settle();

        return true;
    }

    private async Task<PageUpdates> PagesAsync(MemoryScope scope, IReadOnlyList<MemoryItem> removed, CancellationToken cancellationToken)
    {
        var words = removed.ToDictionary(i => i.Id, i => i.Summary);
        var links = await store.GetLinksAsync(scope, words.Keys, cancellationToken);
        return await pages.UpdateAsync(
            scope, [.. links.Select(l => new PageChange(l.CategoryId, null, words[l.ItemId]))], words.Keys.ToHashSet(), [], cancellationToken);
    }

    /// <summary>Items that the source had before it changed; what they said is forgotten with it.</summary>
    private async Task<HashSet<string>> EarlierItemsAsync(MemoryScope scope, string resourceId, CancellationToken cancellationToken) =>
        await StorePaging.AllAsync((page, token) => store.ListHistoryAsync(scope, null, page, token), cancellationToken)
            .Where(r => r.ResourceId == resourceId)
            .Select(r => r.ItemId)
            .ToHashSetAsync(cancellationToken: cancellationToken);
}
