using MemU.Storage;

namespace MemU.Sql;

/// <summary>Compares what the caller of a commit believes is stored with what is.</summary>
internal static class SqlExpectations
{
    /// <exception cref="ConcurrentChangeException">Something has changed.</exception>
    /// <exception cref="SpaceErasedException">The space was erased.</exception>
    public static async Task CheckAsync(SqlSession session, MemoryChanges changes, CancellationToken cancellationToken)
    {
        if (changes.NotErasedSince is { } mark && await SqlErasure.IsErasedSinceAsync(session, mark, cancellationToken))
        {
            throw new SpaceErasedException(session.Scope);
        }

        if (changes.Resources.Count > 0)
        {
            await CheckResourcesAsync(session, [.. changes.Resources.Where(w => w.Exists)], cancellationToken);
        }

        if (changes.ExpectedItems.Count > 0)
        {
            await CheckItemsAsync(session, changes.ExpectedItems, cancellationToken);
        }

        if (changes.Summaries.Count > 0)
        {
            await CheckSummariesAsync(session, changes, cancellationToken);
        }
    }

    private static async Task CheckItemsAsync(SqlSession session, IReadOnlyList<MemoryItem> expected, CancellationToken cancellationToken)
    {
        var stored = (await ItemTable.GetAsync(session, [.. expected.Select(i => i.Id)], cancellationToken)).ToDictionary(i => i.Id, StringComparer.Ordinal);
        foreach (var item in expected)
        {
            if (!stored.TryGetValue(item.Id, out var now) || !now.SaysTheSame(item))
            {
                throw new ConcurrentChangeException($"The item '{item.Id}' was changed or removed meanwhile. Read it again and retry.");
            }
        }
    }

    private static async Task CheckResourcesAsync(SqlSession session, List<ResourceWrite> writes, CancellationToken cancellationToken)
    {
        var stored = (await ResourceTable.GetAsync(session, [.. writes.Select(w => w.Resource.Id)], cancellationToken)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        foreach (var write in writes)
        {
            if (!stored.TryGetValue(write.Resource.Id, out var resource))
            {
                throw new ConcurrentChangeException($"The resource '{write.Resource.Id}' was removed meanwhile. Read again and retry.");
            }

            if (resource.ContentHash != write.ExpectedContentHash)
            {
                throw new ConcurrentChangeException($"The content of resource '{write.Resource.Id}' was changed meanwhile. Read again and retry.");
            }
        }
    }

    private static async Task CheckSummariesAsync(SqlSession session, MemoryChanges changes, CancellationToken cancellationToken)
    {
        var stored = (await CategoryTable.GetAsync(session, [.. changes.Summaries.Select(w => w.CategoryId)], cancellationToken))
            .ToDictionary(c => c.Id, c => c.Summary, StringComparer.Ordinal);
        foreach (var write in changes.Summaries)
        {
            // A category that this very commit adds had no summary before it.
            if (!stored.TryGetValue(write.CategoryId, out var summary) && changes.Categories.All(c => c.Id != write.CategoryId))
            {
                throw new ConcurrentChangeException($"The category '{write.CategoryId}' was removed meanwhile. Read again and retry.");
            }

            if (summary != write.Expected)
            {
                throw new ConcurrentChangeException($"The summary of category '{write.CategoryId}' was changed meanwhile. Read again and retry.");
            }
        }
    }
}
