using MemU.Commit;
using MemU.Contracts;
using MemU.Reasoning;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>Brings in passages. Notes by hand go to the end of the space's own notes.</summary>
internal sealed class PassageImport(IMemoryStore store, EmbeddingModel embedding, ImportSpace space)
{
    public async Task<ImportStep> PlanAsync(IReadOnlyList<PassageJson> batch, CancellationToken cancellationToken)
    {
        var passages = batch.Select(p => p.ToModel(space.Scope) with { Id = space.Ids[p.Id], ResourceId = space.Ids[p.ResourceId] }).ToList();
        var there = (await store.GetPassagesAsync(space.Scope, [.. passages.Select(p => p.Id)], cancellationToken)).Select(p => p.Id).ToHashSet();
        var resources = (await store.GetResourcesAsync(space.Scope, [.. passages.Select(p => p.ResourceId).Distinct()], cancellationToken)).ToDictionary(r => r.Id);
        List<Passage> added = [], notes = [];
        long unchanged = 0, dangling = 0;
        foreach (var passage in passages)
        {
            if (there.Contains(passage.Id))
            {
                unchanged++;
            }
            else if (space.LeftAlone.Contains(passage.ResourceId))
            {
                continue;
            }
            else if (!resources.ContainsKey(passage.ResourceId))
            {
                dangling++;
            }
            else if (passage.ResourceId == space.MergedNotes)
            {
                notes.Add(passage);
            }
            else
            {
                added.Add(passage);
            }
        }

        List<ResourceWrite> writes = [];
        if (notes.Count > 0)
        {
            var book = resources[space.MergedNotes!];
            var appended = new List<Passage>();
            var last = await store.GetLastPassageAsync(space.Scope, book.Id, cancellationToken);
            foreach (var note in notes)
            {
                last = HandNotes.Append(book, last, note.Id, note.Text, note.HappenedAt);
                appended.Add(last);
            }

            writes.Add(HandNotes.Write(book, exists: true, appended));
            added.AddRange(appended);
        }

        return new ImportStep
        {
            Changes = new MemoryChanges { Resources = writes, Passages = added },
            Texts = space.Header.Vectors || embedding.IsOffline ? [] : [.. added.Select(TextToEmbed.Of).OfType<TextToEmbed>()],
            Added = new Dictionary<string, long> { [RecordTypes.Passage] = added.Count },
            Unchanged = unchanged,
            Dangling = dangling,
        };
    }
}
