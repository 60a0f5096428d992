using System.Globalization;
using System.Security.Cryptography;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>Everything that a space holds, as comparable lines.</summary>
internal static class SpaceDump
{
    public static async Task<IReadOnlyList<string>> OfAsync(Workbench bench, MemoryScope scope)
    {
        List<string> lines = [];
        await foreach (var r in All((p, t) => bench.Store.ListResourcesAsync(scope, p, t)))
        {
            await using var content = await bench.Blobs.OpenAsync(scope, r.LocalPath, default);
            var bytes = content is null ? "no bytes" : Convert.ToHexString(await SHA256.HashDataAsync(content));
            lines.Add($"resource {r.Id} {r.Url} {r.Modality} {r.LocalPath} {r.Caption ?? "-"} {Time(r.CreatedAt)} {r.ContentHash} {r.Size} {bytes}");
        }

        await foreach (var p in All((page, t) => bench.Store.ListPassagesAsync(scope, null, page, t)))
        {
            lines.Add($"passage {p.Id} {p.ResourceId} {p.Position} {p.Segment} {p.Start} {p.Role ?? "-"} {p.MessageId ?? "-"} {Time(p.HappenedAt)} {p.Text}");
        }

        await foreach (var i in All((page, t) => bench.Store.ListItemsAsync(scope, ItemFilter.All, page, t)))
        {
            lines.Add($"item {i.Id} {i.ResourceId} {i.MemoryType} {i.Summary} {Time(i.CreatedAt)} {Time(i.HappenedAt)} {string.Join(',', i.PassageIds)}");
        }

        await foreach (var c in All((page, t) => bench.Store.ListCategoriesAsync(scope, page, t)))
        {
            lines.Add($"category {c.Id} {c.Name} {c.Description} {c.Summary ?? "-"} {Time(c.CreatedAt)}");
        }

        await foreach (var l in All((page, t) => bench.Store.ListLinksAsync(scope, page, t)))
        {
            lines.Add($"relation {l.ItemId} {l.CategoryId}");
        }

        await foreach (var h in All((page, t) => bench.Store.ListHistoryAsync(scope, null, page, t)))
        {
            lines.Add($"history {h.Id} {h.ItemId} {h.ResourceId} {h.MemoryType} {h.Summary} {Time(h.CreatedAt)} {Time(h.ReplacedAt)} {h.Reason}");
        }

        foreach (var collection in VectorCollections.All)
        {
            await foreach (var v in bench.Index.ListAsync(scope, collection, default))
            {
                lines.Add($"vector {v.Collection} {v.Id} {v.Model ?? "-"} {v.Text ?? "-"} {string.Join(' ', v.Vector.ToArray().Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}");
            }
        }

        await foreach (var key in bench.Blobs.ListAsync(scope, default))
        {
            lines.Add($"blob {key}");
        }

        return lines;
    }

    private static IAsyncEnumerable<T> All<T>(Func<PageRequest, CancellationToken, Task<Page<T>>> list) => StorePaging.AllAsync(list, default);

    private static string Time(DateTimeOffset? time) => time?.ToString("O", CultureInfo.InvariantCulture) ?? "-";
}
