using System.Data.Common;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads and shapes rows of <c>item_history</c>.</summary>
internal static class HistoryTable
{
    private const string Columns = "id, item_id, resource_id, memory_type, summary, created_at, replaced_at, reason";

    public static SqlRow<ItemRevision> Row { get; } = new(
        "revision", "item_history",
        ["id", "item_id", "resource_id", "memory_type", "summary", "created_at", "replaced_at", "reason"],
        ["item_id", "resource_id", "memory_type", "summary", "created_at", "replaced_at", "reason"],
        h => [h.Id, h.ItemId, h.ResourceId, h.MemoryType, h.Summary, MemUJson.ToEpoch(h.CreatedAt), MemUJson.ToEpoch(h.ReplacedAt), h.Reason]);

    public static async Task<Page<ItemRevision>> ListAsync(SqlSession session, string? itemId, PageRequest page, CancellationToken cancellationToken)
    {
        var list = PagedList.History(itemId);
        var after = PageCursor.Read(list, page.Cursor, 1);
        var where = SqlSession.InSpace + (itemId is null ? "" : " AND item_id = @item") + (after is null ? "" : " AND id < @after");
        var rows = await session.ListAsync(
            $"SELECT {Columns} FROM item_history WHERE {where} ORDER BY id DESC LIMIT @limit",
            [("item", itemId), ("after", after?[0]), ("limit", page.Limit + 1)], Read, cancellationToken);
        return rows.ToPage(page.Limit, h => PageCursor.Of(list, h.Id));
    }

    private static ItemRevision Read(DbDataReader row, MemoryScope scope) => new()
    {
        Scope = scope,
        Id = row.GetString(0),
        ItemId = row.GetString(1),
        ResourceId = row.GetString(2),
        MemoryType = row.GetString(3),
        Summary = row.GetString(4),
        CreatedAt = row.Epoch(5),
        ReplacedAt = row.Epoch(6),
        Reason = row.GetString(7),
    };
}
