using System.Data.Common;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads and shapes rows of <c>passages</c>.</summary>
internal static class PassageTable
{
    private const string Columns = "id, resource_id, position, segment, start, role, message_id, happened_at, text";

    public static SqlRow<Passage> Row { get; } = new(
        "passage", "passages",
        ["id", "resource_id", "position", "segment", "start", "role", "message_id", "happened_at", "text"],
        ["resource_id", "position", "segment", "start", "role", "message_id", "happened_at", "text"],
        p => [p.Id, p.ResourceId, p.Position, p.Segment, p.Start, p.Role, p.MessageId, SqlRead.Time(p.HappenedAt), p.Text]);

    public static async Task<IReadOnlyList<Passage>> GetAsync(SqlSession session, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await session.ListByIdAsync($"SELECT {Columns} FROM passages WHERE {SqlSession.InSpace} AND id IN (@ids)", ids, Read, cancellationToken))
        .InOrderOf(ids, p => p.Id);

    public static async Task<Page<Passage>> ListAsync(SqlSession session, string? resourceId, PageRequest page, CancellationToken cancellationToken)
    {
        // Two passages may share a position (two writers appended at once), so the id decides between them.
        var list = PagedList.Passages(resourceId);
        var after = PageCursor.ReadPassage(list, page.Cursor);
        var where = SqlSession.InSpace
            + (resourceId is null ? "" : " AND resource_id = @resource")
            + (after is null ? "" : " AND (resource_id, position, id) > (@resource_after, @position_after, @after)");
        var rows = await session.ListAsync(
            $"SELECT {Columns} FROM passages WHERE {where} ORDER BY resource_id, position, id LIMIT @limit",
            [
                ("resource", resourceId), ("resource_after", after?.ResourceId), ("position_after", after?.Position),
                ("after", after?.Id), ("limit", page.Limit + 1),
            ],
            Read, cancellationToken);
        return rows.ToPage(page.Limit, p => PageCursor.OfPassage(list, new PassageKey(p)));
    }

    public static async Task<Passage?> GetLastAsync(SqlSession session, string resourceId, CancellationToken cancellationToken) =>
        (await session.ListAsync(
            $"SELECT {Columns} FROM passages WHERE {SqlSession.InSpace} AND resource_id = @resource ORDER BY position DESC, id DESC LIMIT 1",
            [("resource", resourceId)], Read, cancellationToken))
        .SingleOrDefault();

    private static Passage Read(DbDataReader row, MemoryScope scope) => new()
    {
        Scope = scope,
        Id = row.GetString(0),
        ResourceId = row.GetString(1),
        Position = row.GetInt32(2),
        Segment = row.GetInt32(3),
        Start = row.GetInt32(4),
        Role = row.TextOrNull(5),
        MessageId = row.TextOrNull(6),
        HappenedAt = row.TimeOrNull(7),
        Text = row.GetString(8),
    };
}
