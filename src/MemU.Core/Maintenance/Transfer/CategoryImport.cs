using MemU.Commit;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>
/// Brings in categories. One whose name the space has (ignoring case) becomes that one; its description and summary stay, and where it has no summary
/// yet the file's is taken.
/// </summary>
internal sealed class CategoryImport(IMemoryStore store, ImportSpace space)
{
    public async Task<ImportStep> PlanAsync(IReadOnlyList<CategoryJson> batch, CancellationToken cancellationToken)
    {
        var existing = await store.AllCategoriesAsync(space.Scope, cancellationToken);
        var byId = existing.ToDictionary(c => c.Id);
        var byName = existing.GroupBy(c => c.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var byAnyCase = existing.GroupBy(c => c.Name.Trim(), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
        List<MemoryCategory> added = [];
        List<SummaryWrite> summaries = [];
        List<TextToEmbed> texts = [];
        foreach (var json in batch)
        {
            space.Ids.Unmerge(json.Id);
            var id = space.Ids[json.Id];
            var known = byId.GetValueOrDefault(id) ?? byName.GetValueOrDefault(json.Name) ?? byAnyCase.GetValueOrDefault(json.Name.Trim());
            if (known is null)
            {
                added.Add(json.ToModel(space.Scope) with { Id = id });
                continue;
            }

            if (known.Id != id)
            {
                space.Ids.Merge(json.Id, known.Id);
            }

            if (string.IsNullOrWhiteSpace(known.Summary) && !string.IsNullOrWhiteSpace(json.Summary) && summaries.TrueForAll(s => s.CategoryId != known.Id))
            {
                summaries.Add(new SummaryWrite(known.Id, known.Summary, json.Summary));
                texts.AddRange(TextToEmbed.Some(TextToEmbed.OfSummary(known with { Summary = json.Summary })));
            }
        }

        return new ImportStep
        {
            Changes = new MemoryChanges { Categories = added, Summaries = summaries },
            Texts = [.. texts, .. added.Select(TextToEmbed.Of), .. TextToEmbed.Some([.. added.Select(TextToEmbed.OfSummary)])],
            Added = new Dictionary<string, long> { [RecordTypes.Category] = added.Count },
            Unchanged = batch.Count - added.Count,
        };
    }
}
