using System.Data.Common;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Sql;

/// <summary>Reads and shapes rows of <c>resources</c>.</summary>
internal static class ResourceTable
{
    private const string Columns = "id, url, modality, local_path, caption, created_at, content_hash, size";

    public static SqlRow<Resource> Row { get; } = new(
        "resource", "resources",
        ["id", "url", "modality", "local_path", "caption", "created_at", "content_hash", "size"],
        ["url", "modality", "local_path", "caption", "created_at", "content_hash", "size"],
        r => [r.Id, r.Url, r.Modality.Name, r.LocalPath, r.Caption, MemUJson.ToEpoch(r.CreatedAt), r.ContentHash, r.Size]);

    public static async Task<IReadOnlyList<Resource>> GetAsync(SqlSession session, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        (await session.ListByIdAsync($"SELECT {Columns} FROM resources WHERE {SqlSession.InSpace} AND id IN (@ids)", ids, Read, cancellationToken))
        .InOrderOf(ids, r => r.Id);

    public static async Task<Resource?> GetByUrlAsync(SqlSession session, string url, CancellationToken cancellationToken) =>
        (await session.ListAsync($"SELECT {Columns} FROM resources WHERE {SqlSession.InSpace} AND url = @url", [("url", url)], Read, cancellationToken))
        .SingleOrDefault();

    public static async Task<Page<Resource>> ListAsync(SqlSession session, PageRequest page, CancellationToken cancellationToken)
    {
        var after = PageCursor.Read(PagedList.Resources, page.Cursor, 1);
        var rows = await session.ListAsync(
            $"SELECT {Columns} FROM resources WHERE {SqlSession.InSpace}{(after is null ? "" : " AND id < @after")} ORDER BY id DESC LIMIT @limit",
            [("after", after?[0]), ("limit", page.Limit + 1)], Read, cancellationToken);
        return rows.ToPage(page.Limit, r => PageCursor.Of(PagedList.Resources, r.Id));
    }

    private static Resource Read(DbDataReader row, MemoryScope scope) => new()
    {
        Scope = scope,
        Id = row.GetString(0),
        Url = row.GetString(1),
        Modality = Modality.FromStored(row.GetString(2)),
        LocalPath = row.GetString(3),
        Caption = row.TextOrNull(4),
        CreatedAt = row.Epoch(5),
        ContentHash = row.TextOrNull(6),
        Size = row.GetInt64(7),
    };
}
