using MemU.Reasoning;
using MemU.Storage;

namespace MemU.Commit;

/// <summary>
/// Has the summaries of touched category pages rewritten, and makes sure of two things whatever the answer was: what was removed does not stand on the
/// page word for word, and an empty answer never wipes a page that nothing was removed from. Thread-safe.
/// </summary>
internal sealed class PageSummaries(IMemoryReasoner reasoner)
{
    private const string Bullet = "- ";

    /// <summary>The summaries that change; a null one says that nothing is left.</summary>
    /// <exception cref="ReasonerException">The model failed.</exception>
    public async Task<IReadOnlyList<SummaryWrite>> RewriteAsync(
        MemoryScope scope, IReadOnlyList<CategoryUpdate> touched, int targetLength, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (touched.Count == 0)
        {
            return [];
        }

        var answers = (await reasoner.SummarizeAsync(scope, new SummarizeRequest(touched, targetLength), log, cancellationToken))
            .Where(s => MemoryTextGuard.IsStorable(s.Summary, out _))
            .DistinctBy(s => s.CategoryId)
            .ToDictionary(s => s.CategoryId, s => s.Summary);
        return [.. touched
            .Select(t => new SummaryWrite(t.CategoryId, t.Summary, Without(answers.GetValueOrDefault(t.CategoryId) ?? t.Summary, t)))
            .Where(w => w.Summary != w.Expected)];
    }

    /// <summary>The page without the list entries that say what was removed, and without lines of prose that hold it; null when nothing is left.</summary>
    private static string? Without(string? page, CategoryUpdate update)
    {
        var removed = update.RemovedItems.Except(update.NewItems).Select(r => r.ReplaceLineEndings(" ").Trim()).ToHashSet();
        if (page is null || removed.Count == 0)
        {
            return page;
        }

        var rest = string.Join('\n', page.Split('\n').Where(line => !Says(line.Trim(), removed))).Trim();
        return rest.Length == 0 ? null : rest;
    }

    // An entry of a list may say more than what was removed: then it is another item.
    private static bool Says(string line, HashSet<string> removed) => line.StartsWith(Bullet, StringComparison.Ordinal)
        ? removed.Contains(line[Bullet.Length..].Trim())
        : removed.Any(r => line.Contains(r, StringComparison.Ordinal));
}
