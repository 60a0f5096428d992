using System.Data.Common;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Writes one <see cref="MemoryChanges"/> inside a transaction, in the order that it promises.</summary>
internal sealed class SqlCommit(SqlSession session, SqlDialect dialect, EmbeddedTexts vectors, MemoryChanges changes, CancellationToken cancellationToken)
{
    private const string ItemsOfResource = $"SELECT id FROM memory_items WHERE {SqlSession.InSpace} AND resource_id = @id";
    private const string PassagesOfResource = $"SELECT id FROM passages WHERE {SqlSession.InSpace} AND resource_id = @id";

    /// <summary>Returns the state of the space after it.</summary>
    public async Task<SpaceState> RunAsync(DateTimeOffset now)
    {
        var space = await SpaceTable.AdvanceAsync(session, now, vectors.BytesOf(changes.Vectors), cancellationToken);
        changes.Precondition?.Invoke();
        await SqlExpectations.CheckAsync(session, changes, cancellationToken);
        await RemoveAsync();
        await WriteAsync(ResourceTable.Row, [.. changes.Resources.Select(w => w.Resource)]);
        await WriteAsync(PassageTable.Row, changes.Passages);
        await WriteAsync(CategoryTable.Row, changes.Categories);
        await WriteSummariesAsync();
        await WriteItemsAsync();
        await WriteLinksAsync();
        await WriteAsync(HistoryTable.Row, changes.History);
        foreach (var former in changes.FormerVectors)
        {
            vectors.Keep(former);
        }

        foreach (var vector in changes.Vectors)
        {
            await vectors.UpsertAsync(vector, cancellationToken);
        }

        await vectors.CompleteAsync(space, cancellationToken);
        if (!vectors.WritesSpace)
        {
            await SpaceTable.WriteAsync(session, space, cancellationToken);
        }

        return space;
    }

    private async Task RemoveAsync()
    {
        foreach (var id in changes.RemovedResources)
        {
            await vectors.RemoveAsync(VectorCollections.Passages, PassagesOfResource, id, cancellationToken);
            await vectors.RemoveAsync(VectorCollections.Items, ItemsOfResource, id, cancellationToken);
            await RemoveRowAsync("resources", id, VectorCollections.Resources);
        }

        foreach (var id in changes.RemovedPassages)
        {
            await RemoveRowAsync("passages", id, VectorCollections.Passages);
        }

        foreach (var id in changes.RemovedItems)
        {
            await RemoveRowAsync("memory_items", id, VectorCollections.Items);
        }

        foreach (var id in changes.RemovedCategories)
        {
            await RemoveRowAsync("categories", id, VectorCollections.Categories, VectorCollections.CategorySummaries);
        }

        foreach (var link in changes.RemovedLinks)
        {
            await session.ExecuteAsync(
                $"DELETE FROM category_items WHERE {SqlSession.InSpace} AND item_id = @item AND category_id = @category",
                [("item", link.ItemId), ("category", link.CategoryId)], cancellationToken);
        }

        foreach (var id in changes.RemovedHistory)
        {
            await session.ExecuteAsync($"DELETE FROM item_history WHERE {SqlSession.InSpace} AND item_id = @id", [("id", id)], cancellationToken);
        }

        foreach (var (collection, id) in changes.RemovedVectors)
        {
            await vectors.RemoveAsync(collection, id, cancellationToken);
        }
    }

    private async Task RemoveRowAsync(string table, string id, params string[] collections)
    {
        foreach (var collection in collections)
        {
            await vectors.RemoveAsync(collection, $"SELECT id FROM {table} WHERE {SqlSession.InSpace} AND id = @id", id, cancellationToken);
        }

        // Rows that point at it go by the foreign keys.
        await session.ExecuteAsync($"DELETE FROM {table} WHERE {SqlSession.InSpace} AND id = @id", [("id", id)], cancellationToken);
    }

    private async Task WriteAsync<T>(SqlRow<T> row, IReadOnlyList<T> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        await using var writer = new SqlRowWriter<T>(session, dialect, row);
        foreach (var record in records)
        {
            await writer.WriteAsync(record, cancellationToken);
        }
    }

    private async Task WriteSummariesAsync()
    {
        foreach (var write in changes.Summaries)
        {
            await session.ExecuteAsync(
                $"UPDATE categories SET summary = @summary WHERE {SqlSession.InSpace} AND id = @id",
                [("id", write.CategoryId), ("summary", write.Summary)], cancellationToken);
        }
    }

    private async Task WriteItemsAsync()
    {
        if (changes.Items.Count == 0)
        {
            return;
        }

        await using var items = new SqlRowWriter<MemoryItem>(session, dialect, ItemTable.Row);
        await using var passage = session.Prepare(
            """
            INSERT INTO item_passages (tenant_id, user_id, agent_id, item_id, position, passage_id)
            VALUES (@tenant_id, @user_id, @agent_id, @item, @position, @passage)
            """,
            ["item", "position", "passage"]);
        foreach (var item in changes.Items)
        {
            if (!await items.WriteAsync(item, cancellationToken))
            {
                await GuardAsync("item", item.Id, () => session.ExecuteAsync(
                    $"UPDATE memory_items SET resource_id = @resource WHERE {SqlSession.InSpace} AND id = @id AND resource_id <> @resource",
                    [("id", item.Id), ("resource", item.ResourceId)], cancellationToken));
                await session.ExecuteAsync($"DELETE FROM item_passages WHERE {SqlSession.InSpace} AND item_id = @id", [("id", item.Id)], cancellationToken);
            }

            foreach (var (position, id) in item.PassageIds.Distinct(StringComparer.Ordinal).Index())
            {
                await GuardAsync("item", item.Id, () => passage.ExecuteAsync(cancellationToken, item.Id, position, id));
            }
        }
    }

    private async Task WriteLinksAsync()
    {
        if (changes.Links.Count == 0)
        {
            return;
        }

        await using var insert = session.Prepare(
            dialect.InsertIfAbsent("category_items", [.. SqlSession.ScopeColumns, "item_id", "category_id"], ["item_id", "category_id"]),
            ["item_id", "category_id"]);
        foreach (var link in changes.Links)
        {
            var name = $"{link.ItemId} → {link.CategoryId}";
            var added = await GuardAsync("link", name, () => insert.ExecuteAsync(cancellationToken, link.ItemId, link.CategoryId));
            if (added == 0 && await session.NumberAsync(
                $"SELECT COUNT(*) FROM category_items WHERE {SqlSession.InSpace} AND item_id = @item AND category_id = @category",
                [("item", link.ItemId), ("category", link.CategoryId)], cancellationToken) == 0)
            {
                throw NotInSpace("link", name, null);
            }
        }
    }

    private async Task<int> GuardAsync(string kind, string id, Func<Task<int>> write)
    {
        try
        {
            return await write();
        }
        catch (DbException e) when (dialect.Classify(e) == SqlFault.MissingParent)
        {
            throw NotInSpace(kind, id, e);
        }
    }

    private static ArgumentException NotInSpace(string kind, string id, Exception? inner) =>
        new($"The {kind} '{id}' points at something that is not in this space. Write that first, or leave it out.", inner);
}
