using System.Runtime.CompilerServices;

namespace MemU.Storage;

/// <summary>Reads lists to their end, page by page.</summary>
internal static class StorePaging
{
    /// <summary>All rows of a paged list.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<PageRequest, CancellationToken, Task<Page<T>>> list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new PageRequest { Limit = PageRequest.MaxLimit };
        while (true)
        {
            var page = await list(request, cancellationToken);
            foreach (var row in page.Items)
            {
                yield return row;
            }

            if (page.NextCursor is null)
            {
                yield break;
            }

            request = request with { Cursor = page.NextCursor };
        }
    }

    /// <summary>All categories of a space, oldest first. A space has few.</summary>
    public static async Task<List<MemoryCategory>> AllCategoriesAsync(this IMemoryStore store, MemoryScope scope, CancellationToken cancellationToken)
    {
        var categories = await AllAsync((page, token) => store.ListCategoriesAsync(scope, page, token), cancellationToken).ToListAsync(cancellationToken);
        categories.Reverse();
        return categories;
    }

    /// <summary>All items that fit a filter, newest first.</summary>
    public static async Task<List<MemoryItem>> AllItemsAsync(this IMemoryStore store, MemoryScope scope, ItemFilter filter, CancellationToken cancellationToken) =>
        await AllAsync((page, token) => store.ListItemsAsync(scope, filter, page, token), cancellationToken).ToListAsync(cancellationToken);

    /// <summary>All passages of a resource, in order.</summary>
    public static async Task<List<Passage>> AllPassagesAsync(this IMemoryStore store, MemoryScope scope, string resourceId, CancellationToken cancellationToken) =>
        await AllAsync((page, token) => store.ListPassagesAsync(scope, resourceId, page, token), cancellationToken).ToListAsync(cancellationToken);
}
