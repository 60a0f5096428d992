using MemU.Maintenance;
using MemU.Retrieve;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Crash;

/// <summary>A data folder opened in this process.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly ServiceProvider provider;

    private House(string data, string vectors, byte[]? key)
    {
        var services = new ServiceCollection();
        Places.Choose(services.AddMemU(), data, vectors, key);
        provider = services.BuildServiceProvider();
    }

    public MemoryMaintenance Maintenance => provider.GetRequiredService<MemoryMaintenance>();

    public IMemoryStore Store => provider.GetRequiredService<IMemoryStore>();

    public IVectorIndex Index => provider.GetRequiredService<IVectorIndex>();

    /// <param name="data">The folder.</param>
    /// <param name="vectors">What kind of folder it is.</param>
    /// <param name="key">The master key of an encrypted one; null for the usual.</param>
    public static House Open(string data, string vectors, byte[]? key = null) => new(data, vectors, key);

    public MemorySpace Space(string user) => provider.GetRequiredService<MemoryService>().OpenSpace(user);

    /// <summary>What the check has to complain about; mere information does not count.</summary>
    public async Task<IReadOnlyList<Finding>> ComplaintsAsync() =>
        [.. (await Maintenance.CheckAsync()).Findings.Where(f => f.Severity != FindingSeverity.Info)];

    /// <summary>Everything that the spaces say, as comparable lines without ids and times.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync()
    {
        List<string> lines = [];
        await foreach (var scope in Maintenance.ListSpacesAsync())
        {
            lines.AddRange((await DumpAsync(Space(scope.User))).Select(l => $"{scope.User}: {l}"));
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Asks every space for one of its passages in its own words, and the index for the vector of one of its items. This is a next use, which finishes what
    /// was left undone.
    /// </summary>
    public async Task UseAsync()
    {
        await foreach (var scope in Maintenance.ListSpacesAsync())
        {
            var space = Space(scope.User);
            var passages = await space.ListPassagesAsync(page: new PageRequest { Limit = 5 });
            var question = passages.Items.Count == 0 ? "anything" : passages.Items[^1].Text;
            var found = await space.RetrieveAsync(question, RetrieveOptions.Fast);
            Assert.True(passages.Items.Count == 0 || found.Evidence.Any(e => e.Value.Text == question), $"'{question}' of {scope.User} is not found.");
            await foreach (var vector in Index.ListAsync(scope, VectorCollections.Items, default).Take(1))
            {
                var hits = await Index.QueryAsync(scope, new VectorQuery(VectorCollections.Items, vector.Vector, 3, vector.Model), default);
                Assert.Contains(hits.Hits, h => h.Value == vector.Id);
            }
        }
    }

    public ValueTask DisposeAsync() => provider.DisposeAsync();

    private async Task<List<string>> DumpAsync(MemorySpace space)
    {
        List<string> lines = [];
        Dictionary<string, string> urls = [];
        await foreach (var r in All((p, t) => space.ListResourcesAsync(p, t)))
        {
            urls[r.Id] = r.Url;
            await using var content = r.ContentHash is null ? null : await space.OpenContentAsync(r);
            lines.Add($"resource {r.Url} {r.ContentHash} {r.Caption} {(content is null ? "no bytes" : $"{await LengthAsync(content)} bytes")}");
        }

        await foreach (var p in All((page, t) => space.ListPassagesAsync(null, page, t)))
        {
            lines.Add($"passage {urls[p.ResourceId]} {p.Position} {p.Text}");
        }

        await foreach (var i in All((page, t) => space.ListItemsAsync(ItemFilter.All, page, t)))
        {
            var pages = (await space.GetCategoriesOfItemAsync(i.Id)).Select(c => c.Name).Order(StringComparer.Ordinal);
            lines.Add($"item {urls.GetValueOrDefault(i.ResourceId, "no source")} {i.Summary} on {string.Join(", ", pages)}");
        }

        await foreach (var c in All((page, t) => space.ListCategoriesAsync(page, t)))
        {
            lines.Add($"category {c.Name} {c.Summary?.ReplaceLineEndings(" ")}");
        }

        await foreach (var h in All((page, t) => space.ListHistoryAsync(null, page, t)))
        {
            lines.Add($"history {h.Summary} {h.Reason}");
        }

        return lines;
    }

    /// <summary>Read to the end: what is encrypted is checked by being read.</summary>
    private static async Task<long> LengthAsync(Stream content)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes);
        return bytes.Length;
    }

    private static async IAsyncEnumerable<T> All<T>(Func<PageRequest, CancellationToken, Task<Page<T>>> list)
    {
        for (PageRequest? page = new() { Limit = PageRequest.MaxLimit }; page is not null;)
        {
            var found = await list(page, default);
            foreach (var one in found.Items)
            {
                yield return one;
            }

            page = found.NextCursor is null ? null : page with { Cursor = found.NextCursor };
        }
    }
}
