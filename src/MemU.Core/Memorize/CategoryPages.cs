using System.Numerics.Tensors;
using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;

namespace MemU.Memorize;

/// <summary>Assigns items to categories and has the touched summaries rewritten. Thread-safe.</summary>
internal sealed class CategoryPages(IMemoryStore store, PageSummaries pages, IdSource ids, TimeProvider time)
{
    /// <summary>An item that nobody assigned goes to the nearest categories, but not to all of them.</summary>
    private const int NearestAtMost = 3;

    public async Task<PagesUpdate> UpdateAsync(
        MemoryScope scope, MatchedItems items, MemorizeOptions options, VectorBuilder vectors,
        ReasoningLog log, StageReporter steps, CancellationToken cancellationToken)
    {
        var categories = await store.AllCategoriesAsync(scope, cancellationToken);
        var created = Missing(scope, categories, options.Categories);
        categories.AddRange(created);

        var links = await AssignAsync(scope, items, categories, options, vectors, cancellationToken);
        var existing = (await store.GetLinksAsync(scope, [.. items.Stored.Concat(items.Removed).Select(i => i.Id)], cancellationToken)).ToHashSet();
        CategoryItem[] added = [.. links.Where(l => !existing.Contains(l))];
        steps.Report(MemorizeStage.Summarize);
        var summaries = await SummarizeAsync(scope, items, categories, added, existing, options, log, cancellationToken);
        return new PagesUpdate(categories, created, added, summaries);
    }

    private List<MemoryCategory> Missing(MemoryScope scope, IReadOnlyList<MemoryCategory> categories, IReadOnlyList<CategoryDefinition> wanted)
    {
        var names = categories.Select(c => c.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. wanted.Where(d => names.Add(d.Name)).Select(d => new MemoryCategory
        {
            Scope = scope, Id = ids.Next(), Name = d.Name, Description = d.Description, CreatedAt = time.GetUtcNow(),
        })];
    }

    private static async Task<List<CategoryItem>> AssignAsync(
        MemoryScope scope, MatchedItems items, IReadOnlyList<MemoryCategory> categories, MemorizeOptions options, VectorBuilder vectors, CancellationToken cancellationToken)
    {
        var byName = categories.GroupBy(c => c.Name.Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        List<CategoryItem> links = [];
        List<MemoryItem> unassigned = [];
        foreach (var (item, draft) in items.Pairs)
        {
            MemoryCategory[] named = [.. draft.Categories.Select(n => byName.GetValueOrDefault(n.Trim())).OfType<MemoryCategory>().Distinct()];
            links.AddRange(named.Select(c => new CategoryItem(scope, item.Id, c.Id)));
            if (named.Length == 0)
            {
                unassigned.Add(item);
            }
        }

        if (unassigned.Count > 0 && categories.Count > 0)
        {
            var pages = await vectors.VectorsOfAsync([.. categories.Select(c => new TextToEmbed(VectorCollections.Categories, c.Id, c.EmbeddingText))], cancellationToken);
            var words = await vectors.VectorsOfAsync([.. unassigned.Select(i => new TextToEmbed(VectorCollections.Items, i.Id, i.Summary))], cancellationToken);
            for (var i = 0; i < unassigned.Count; i++)
            {
                links.AddRange(categories
                    .Select((c, n) => (c.Id, Cosine: Cosine(words[i].Span, pages[n].Span)))
                    .Where(c => c.Cosine >= options.CategoryAssignThreshold)
                    .OrderByDescending(c => c.Cosine)
                    .Take(NearestAtMost)
                    .Select(c => new CategoryItem(scope, unassigned[i].Id, c.Id)));
            }
        }

        return links;
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        a.Length == b.Length && TensorPrimitives.CosineSimilarity(a, b) is var cosine && float.IsFinite(cosine) ? cosine : -1;

    private async Task<IReadOnlyList<SummaryWrite>> SummarizeAsync(
        MemoryScope scope, MatchedItems items, IReadOnlyList<MemoryCategory> categories, CategoryItem[] added, HashSet<CategoryItem> existing,
        MemorizeOptions options, ReasoningLog log, CancellationToken cancellationToken)
    {
        var stored = items.Stored.ToDictionary(i => i.Id);
        var removed = items.Removed.ToDictionary(i => i.Id);
        var newWords = added.ToLookup(l => l.CategoryId, l => stored[l.ItemId].Summary);
        var oldWords = existing.Where(l => removed.ContainsKey(l.ItemId)).ToLookup(l => l.CategoryId, l => removed[l.ItemId].Summary);
        CategoryUpdate[] touched = [.. categories
            .Where(c => newWords.Contains(c.Id) || oldWords.Contains(c.Id))
            .Select(c => new CategoryUpdate(c.Id, c.Name, c.Description, c.Summary, [.. newWords[c.Id]], [.. oldWords[c.Id]]))];
        return await pages.RewriteAsync(scope, touched, options.CategorySummaryTargetLength, log, cancellationToken);
    }
}
