using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;
using Microsoft.Extensions.Logging;

namespace MemU.Edit;

/// <summary>
/// Keeps category pages true after an edit: what was deleted or corrected leaves them too. Forgetting must not wait for a model: where one fails, the
/// page becomes the plain list of the items that are left, and the log says so. Thread-safe.
/// </summary>
internal sealed partial class PageEditor(IMemoryStore store, PageSummaries pages, EditRules rules, ILogger<PageEditor> log)
{
    /// <summary>How many of the items that are left a plain list shows, newest first.</summary>
    private const int PlainItems = 100;

    /// <param name="scope">The space.</param>
    /// <param name="changes">What happens on which page.</param>
    /// <param name="gone">Items that the same commit removes or rewords.</param>
    /// <param name="added">Categories that the same commit makes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PageUpdates> UpdateAsync(
        MemoryScope scope, IReadOnlyList<PageChange> changes, IReadOnlySet<string> gone, IReadOnlyList<MemoryCategory> added, CancellationToken cancellationToken)
    {
        var byPage = changes.ToLookup(c => c.CategoryId);
        var categories = await store.GetCategoriesAsync(scope, [.. byPage.Select(g => g.Key)], cancellationToken);
        CategoryUpdate[] touched = [.. categories.Concat(added.Where(a => byPage.Contains(a.Id))).Select(c => new CategoryUpdate(
            c.Id, c.Name, c.Description, c.Summary,
            [.. byPage[c.Id].Select(p => p.Added).OfType<string>()], [.. byPage[c.Id].Select(p => p.Removed).OfType<string>()]))];
        try
        {
            return new PageUpdates(await pages.RewriteAsync(scope, touched, rules.SummaryLength, new ReasoningLog(), cancellationToken));
        }
        catch (ReasonerException e)
        {
            ModelFailed(e, touched.Length);
            var plain = new List<SummaryWrite>();
            foreach (var page in touched)
            {
                plain.Add(new SummaryWrite(page.CategoryId, page.Summary, await PlainAsync(scope, page, gone, cancellationToken)));
            }

            return new PageUpdates([.. plain.Where(w => w.Summary != w.Expected)]);
        }
    }

    private async Task<string?> PlainAsync(MemoryScope scope, CategoryUpdate page, IReadOnlySet<string> gone, CancellationToken cancellationToken)
    {
        if (page.RemovedItems.Count == 0)
        {
            return page.Summary is null ? Lines(page.NewItems) : page.Summary + "\n" + Lines(page.NewItems);
        }

        var left = await store.ListItemsAsync(
            scope, new ItemFilter { CategoryId = page.CategoryId }, new PageRequest { Limit = PlainItems }, cancellationToken);
        return Lines([.. page.NewItems, .. left.Items.Where(i => !gone.Contains(i.Id)).Select(i => i.Summary)]);
    }

    private static string? Lines(IReadOnlyList<string> items) => items.Count == 0 ? null : string.Join('\n', items.Select(i => "- " + i.ReplaceLineEndings(" ")));

    [LoggerMessage(1, LogLevel.Warning, "The model could not rewrite {Pages} category pages after an edit; they show plain lists of items until something is memorized.")]
    private partial void ModelFailed(Exception exception, int pages);
}
