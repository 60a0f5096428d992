using MemU.Storage;

namespace MemU.Commit;

/// <summary>What becomes of items whose source goes away or changes.</summary>
internal static class ItemRemoval
{
    /// <summary>
    /// Items that other sources still support move to one of those; the rest are removed.
    /// </summary>
    /// <param name="store">Where the passages are.</param>
    /// <param name="scope">The space.</param>
    /// <param name="items">The items of the source.</param>
    /// <param name="resourceId">The source that no longer supports them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<(IReadOnlyList<MemoryItem> Moved, IReadOnlyList<MemoryItem> Removed)> PlanAsync(
        IMemoryStore store, MemoryScope scope, IReadOnlyList<MemoryItem> items, string resourceId, CancellationToken cancellationToken)
    {
        var passages = (await store.GetPassagesAsync(scope, [.. items.SelectMany(i => i.PassageIds).Distinct()], cancellationToken))
            .Where(p => p.ResourceId != resourceId)
            .ToDictionary(p => p.Id);
        List<MemoryItem> moved = [], removed = [];
        foreach (var item in items)
        {
            string[] support = [.. item.PassageIds.Where(passages.ContainsKey)];
            if (support.Length == 0)
            {
                removed.Add(item);
            }
            else
            {
                moved.Add(item with { ResourceId = passages[support[0]].ResourceId, PassageIds = support });
            }
        }

        return (moved, removed);
    }
}
