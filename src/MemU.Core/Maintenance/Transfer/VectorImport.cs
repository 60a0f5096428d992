using MemU.Commit;
using MemU.Contracts;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>Brings in vectors: those whose record is here with the words that were embedded, and has no vector yet.</summary>
internal sealed class VectorImport(IMemoryStore store, IVectorIndex index, EmbeddingModel embedding, ImportSpace space, ImportDelivery delivery)
{
    /// <summary>What these vectors mean for the space.</summary>
    /// <param name="batch">The vectors.</param>
    /// <param name="with">What is committed with them: of a record that comes with its vector nothing has to be looked for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ImportStep> PlanAsync(IReadOnlyList<VectorJson> batch, MemoryChanges with, CancellationToken cancellationToken)
    {
        var coming = ComingWith(with);
        List<VectorRecord> added = [];
        long unchanged = 0, unmatched = 0;
        foreach (var group in batch.GroupBy(v => v.Collection))
        {
            if (!VectorCollections.All.Contains(group.Key))
            {
                unmatched += group.Count();
                continue;
            }

            var vectors = group.Select(v => v.ToModel() with { Id = space.Ids[v.Id] }).ToList();
            var ids = vectors.Select(v => v.Id).Where(id => !coming.ContainsKey((group.Key, id))).Distinct().ToList();
            var (texts, there) = await FindAsync(group.Key, ids, cancellationToken);
            foreach (var vector in vectors)
            {
                if (there.Contains(vector.Id))
                {
                    unchanged++;
                }
                else if (!coming.TryGetValue((group.Key, vector.Id), out var text) && !texts.TryGetValue(vector.Id, out text))
                {
                    unmatched++;
                }
                else if (!VectorFit.IsOf(vector, text))
                {
                    // The record says something else here: this vector would find it by words that it no longer has.
                    continue;
                }
                else
                {
                    added.Add(vector);
                    if (vector.Model is not null && vector.Model != embedding.Name)
                    {
                        space.Tally.OtherModel(vector.Model);
                    }
                }
            }
        }

        return new ImportStep
        {
            Changes = new MemoryChanges { Vectors = added },
            Added = new Dictionary<string, long> { [RecordTypes.Vector] = added.Count },
            Unchanged = unchanged,
            Dangling = space.Dangling(unmatched),
        };
    }

    /// <summary>The texts of records that were there before, and which of them have vectors.</summary>
    private async Task<(IReadOnlyDictionary<string, TextToEmbed> Texts, HashSet<string> There)> FindAsync(
        string collection, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return (new Dictionary<string, TextToEmbed>(), []);
        }

        // They may be in the last commit.
        await delivery.EndAsync(cancellationToken);
        var texts = await RecordTexts.GetAsync(store, space.Scope, collection, ids, cancellationToken);
        return (texts, [.. (await index.GetAsync(space.Scope, collection, ids, cancellationToken)).Select(v => v.Id)]);
    }

    // A file may hold a record twice: the last one stays.
    private static Dictionary<(string Collection, string Id), TextToEmbed> ComingWith(MemoryChanges changes)
    {
        var coming = new Dictionary<(string Collection, string Id), TextToEmbed>();
        foreach (var text in changes.Items.Select(TextToEmbed.Of).Concat(changes.Passages.Select(TextToEmbed.Of)).OfType<TextToEmbed>())
        {
            coming[(text.Collection, text.Id)] = text;
        }

        return coming;
    }
}
