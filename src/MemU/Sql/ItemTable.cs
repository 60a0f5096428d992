using System.Data.Common;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads and shapes rows of <c>memory_items</c>, each with its passages from <c>item_passages</c>.</summary>
internal static class ItemTable
{
    // One statement reads items and passages, so that both are of one moment; an item comes once for each of its passages.
    private const string Columns = "i.id, i.resource_id, i.memory_type, i.summary, i.created_at, i.happened_at, p.passage_id";

    // As many as an import asks for: before that, one question tells whether any of them can be there.
    private const int ManyIds = 100;

    private static readonly string Passages =
        $"LEFT JOIN item_passages p ON {SqlSession.InSpaceOf("p")} AND p.item_id = i.id";

    // An update leaves the resource alone: the resource of a row that the Python code wrote may be missing, and naming it again would fail.
    public static SqlRow<MemoryItem> Row { get; } = new(
        "item", "memory_items",
        ["id", "resource_id", "memory_type", "summary", "created_at", "happened_at"],
        ["memory_type", "summary", "created_at", "happened_at"],
        i => [i.Id, i.ResourceId, i.MemoryType, i.Summary, MemUJson.ToEpoch(i.CreatedAt), SqlRead.Time(i.HappenedAt)]);

    public static async Task<IReadOnlyList<MemoryItem>> GetAsync(SqlSession session, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        ids.Count >= ManyIds && await AreNoneAsync(session, ids, cancellationToken)
            ? []
            : Fold(await session.ListByIdAsync(
                $"SELECT {Columns} FROM memory_items i {Passages} WHERE {SqlSession.InSpaceOf("i")} AND i.id IN (@ids) ORDER BY i.id, p.position",
                ids, Read, cancellationToken))
            .InOrderOf(ids, i => i.Id);

    public static async Task<IReadOnlyList<MemoryItem>> GetBySummaryAsync(
        SqlSession session, IReadOnlyCollection<string> summaries, CancellationToken cancellationToken)
    {
        // The index holds the first 32 characters of each text.
        var ids = new List<string>();
        foreach (var summary in summaries.Distinct(StringComparer.Ordinal))
        {
            ids.AddRange(await session.ListAsync(
                $"SELECT id FROM memory_items WHERE {SqlSession.InSpace} AND substr(summary, 1, 32) = substr(@summary, 1, 32) AND summary = @summary",
                [("summary", summary)], (row, _) => row.GetString(0), cancellationToken));
        }

        return [.. (await GetAsync(session, ids, cancellationToken)).OrderByDescending(i => i.Id, StringComparer.Ordinal)];
    }

    public static async Task<Page<MemoryItem>> ListAsync(SqlSession session, ItemFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var list = PagedList.Items(filter);
        var after = PageCursor.Read(list, page.Cursor, 1);
        var (source, key) = filter.CategoryId is null
            ? ("memory_items i", "i.id")
            : ($"category_items l JOIN memory_items i ON {SqlSession.InSpaceOf("i")} AND i.id = l.item_id", "l.item_id");
        var where = (filter.CategoryId is null ? SqlSession.InSpaceOf("i") : $"{SqlSession.InSpaceOf("l")} AND l.category_id = @category")
            + (filter.ResourceId is null ? "" : " AND i.resource_id = @resource")
            + (filter.MemoryType is null ? "" : " AND i.memory_type = @type")
            + (after is null ? "" : $" AND {key} {(filter.OldestFirst ? ">" : "<")} @after");
        var order = filter.OldestFirst ? "ASC" : "DESC";
        var rows = await session.ListAsync(
            $"""
            SELECT {Columns}
            FROM (SELECT i.* FROM {source} WHERE {where} ORDER BY {key} {order} LIMIT @limit) i {Passages}
            ORDER BY i.id {order}, p.position
            """,
            [
                ("category", filter.CategoryId), ("resource", filter.ResourceId), ("type", filter.MemoryType), ("after", after?[0]),
                ("limit", page.Limit + 1),
            ],
            Read, cancellationToken);
        return Fold(rows).ToPage(page.Limit, i => PageCursor.Of(list, i.Id));
    }

    private static async Task<bool> AreNoneAsync(SqlSession session, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        IdRange.Of(ids) is var (first, last) && await session.NumberAsync(
            $"SELECT 1 FROM memory_items WHERE {SqlSession.InSpace} AND id BETWEEN @first AND @last LIMIT 1", [("first", first), ("last", last)], cancellationToken) == 0;

    private static (MemoryItem Item, string? PassageId) Read(DbDataReader row, MemoryScope scope) => (
        new MemoryItem
        {
            Scope = scope,
            Id = row.GetString(0),
            ResourceId = row.GetString(1),
            MemoryType = row.GetString(2),
            Summary = row.GetString(3),
            CreatedAt = row.Epoch(4),
            HappenedAt = row.TimeOrNull(5),
        },
        row.TextOrNull(6));

    private static List<MemoryItem> Fold(List<(MemoryItem Item, string? PassageId)> rows)
    {
        var items = new List<MemoryItem>(rows.Count);
        for (var i = 0; i < rows.Count;)
        {
            var item = rows[i].Item;
            var passages = new List<string>();
            for (; i < rows.Count && rows[i].Item.Id == item.Id; i++)
            {
                if (rows[i].PassageId is { } passage)
                {
                    passages.Add(passage);
                }
            }

            items.Add(item with { PassageIds = passages });
        }

        return items;
    }
}
