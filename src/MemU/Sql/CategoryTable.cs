using System.Data.Common;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads and shapes rows of <c>categories</c>.</summary>
internal static class CategoryTable
{
    private const string Columns = "id, name, description, summary, created_at";

    public static SqlRow<MemoryCategory> Row { get; } = new(
        "category", "categories",
        ["id", "name", "description", "summary", "created_at"],
        ["name", "description", "summary"],
        c => [c.Id, c.Name, c.Description, c.Summary, MemUJson.ToEpoch(c.CreatedAt)]);

    public static async Task<IReadOnlyList<MemoryCategory>> GetAsync(SqlSession session, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await session.ListByIdAsync($"SELECT {Columns} FROM categories WHERE {SqlSession.InSpace} AND id IN (@ids)", ids, Read, cancellationToken))
        .InOrderOf(ids, c => c.Id);

    public static async Task<Page<MemoryCategory>> ListAsync(SqlSession session, PageRequest page, CancellationToken cancellationToken)
    {
        var after = PageCursor.Read(PagedList.Categories, page.Cursor, 1);
        var rows = await session.ListAsync(
            $"SELECT {Columns} FROM categories WHERE {SqlSession.InSpace}{(after is null ? "" : " AND id < @after")} ORDER BY id DESC LIMIT @limit",
            [("after", after?[0]), ("limit", page.Limit + 1)], Read, cancellationToken);
        return rows.ToPage(page.Limit, c => PageCursor.Of(PagedList.Categories, c.Id));
    }

    private static MemoryCategory Read(DbDataReader row, MemoryScope scope) => new()
    {
        Scope = scope,
        Id = row.GetString(0),
        Name = row.GetString(1),
        Description = row.GetString(2),
        Summary = row.TextOrNull(3),
        CreatedAt = row.Epoch(4),
    };
}
