using System.Data.Common;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads rows of <c>category_items</c>.</summary>
internal static class LinkTable
{
    public static async Task<Page<CategoryItem>> ListAsync(SqlSession session, PageRequest page, CancellationToken cancellationToken)
    {
        var after = PageCursor.Read(PagedList.Links, page.Cursor, 2);
        var rows = await session.ListAsync(
            $"""
            SELECT item_id, category_id FROM category_items
            WHERE {SqlSession.InSpace}{(after is null ? "" : " AND (item_id, category_id) > (@item_after, @category_after)")}
            ORDER BY item_id, category_id LIMIT @limit
            """,
            [("item_after", after?[0]), ("category_after", after?[1]), ("limit", page.Limit + 1)], Read, cancellationToken);
        return rows.ToPage(page.Limit, l => PageCursor.Of(PagedList.Links, l.ItemId, l.CategoryId));
    }

    public static async Task<IReadOnlyList<CategoryItem>> GetAsync(SqlSession session, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken) =>
        (await session.ListByIdAsync(
            $"SELECT item_id, category_id FROM category_items WHERE {SqlSession.InSpace} AND item_id IN (@ids) ORDER BY category_id",
            itemIds, Read, cancellationToken))
        .InOrderOf(itemIds, l => l.ItemId);

    private static CategoryItem Read(DbDataReader row, MemoryScope scope) => new(scope, row.GetString(0), row.GetString(1));
}
