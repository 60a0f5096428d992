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

        foreach (var key in await UnusedAsync(store, scope, keys))
        {
            // A memorize of the same bytes may have found them here and commit just now. It looks again after its commit, this looks again after
            // the removal: whichever comes second puts them back.
            using var bytes = await ReadAsync(blobs, scope, key);
            await blobs.DeleteAsync(scope, key, CancellationToken.None);
            if (bytes.Length > 0 && (await UnusedAsync(store, scope, [key])).Count == 0)
            {
                await blobs.PutAsync(scope, bytes.GetBuffer().AsMemory(0, (int)bytes.Length), Path.GetFileName(key), CancellationToken.None);
            }
        }
    }

    private static async Task<MemoryStream> ReadAsync(IBlobStore blobs, MemoryScope scope, string key)
    {
        var bytes = new MemoryStream();
        try
        {
            await using var content = await blobs.OpenAsync(scope, key, CancellationToken.None);
            await (content ?? Stream.Null).CopyToAsync(bytes, CancellationToken.None);
        }
        catch (MemoryStoreException e) when (!e.IsTransient)
        {
            // Encrypted bytes that were damaged cannot be put back, only removed.
            bytes.SetLength(0);
        }

        return bytes;
    }

    private static async Task<HashSet<string>> UnusedAsync(IMemoryStore store, MemoryScope scope, IEnumerable<string> keys)
    {
        var unused = keys.ToHashSet(StringComparer.Ordinal);
        await foreach (var resource in StorePaging.AllAsync((page, token) => store.ListResourcesAsync(scope, page, token), CancellationToken.None))
        {
            unused.Remove(resource.LocalPath);
        }

        return unused;
    }
}
