using MemU.Resources;
using MemU.Storage;

namespace MemU.Commit;

/// <summary>Removes bytes that no source of the space needs.</summary>
internal static class BlobRemoval
{
    /// <summary>Removes these blobs except those that a source of the space has: sources with the same bytes share one. Not cancelled half-way.</summary>
    public static async Task RemoveUnusedAsync(IMemoryStore store, IBlobStore blobs, MemoryScope scope, IReadOnlyCollection<string> keys)
    {
        if (keys.Count == 0)
        {
            return;
        }

        var unused = keys.ToHashSet(StringComparer.Ordinal);
        await foreach (var resource in StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), CancellationToken.None))
        {
            unused.Remove(resource.LocalPath);
        }

        foreach (var key in unused)
        {
            await blobs.DeleteAsync(scope, key, CancellationToken.None);
        }
    }
}
