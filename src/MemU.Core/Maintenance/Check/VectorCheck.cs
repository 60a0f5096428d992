using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>Compares the vectors of a space with its records. Asks no model that costs anything.</summary>
internal sealed class VectorCheck(IMemoryStore store, IVectorIndex index, EmbeddingModel? embedding, Defects defects)
{
    private const string Reindex = "Run `memu reindex --all-spaces`.";
    private readonly HashSet<(string Collection, string Id)> owed = [];
    private readonly Dictionary<int, long> dimensions = [];
    private readonly Dictionary<int, long> dimensionsOfModel = [];

    /// <summary>Entries that were looked at.</summary>
    public long Vectors { get; private set; }

    public async Task RunAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        // What is on its way is neither missing nor out of date.
        owed.UnionWith((await UndeliveredVectors.ListAsync(store, index, scope, cancellationToken)).Select(o => (o.Collection, o.Id)));
        if (owed.Count > 0)
        {
            defects.Add(
                FindingSeverity.Info, "owed-vector", "vectors were stored with the metadata but have not reached the vector index",
                "They are delivered at the next use of the space, or by `memu reindex --all-spaces`.", count: owed.Count);
        }

        foreach (var collection in VectorCollections.All)
        {
            await foreach (var batch in index.ListAsync(scope, collection, cancellationToken).Chunk(RecordTexts.PageSize).WithCancellation(cancellationToken))
            {
                var texts = await RecordTexts.GetAsync(store, scope, collection, [.. batch.Select(v => v.Id)], cancellationToken);
                foreach (var vector in batch)
                {
                    Check(vector, texts.GetValueOrDefault(vector.Id));
                }
            }

            await foreach (var page in RecordTexts.ListAsync(store, scope, collection, cancellationToken))
            {
                await CheckMissingAsync(scope, collection, page, cancellationToken);
            }
        }

        await CheckDimensionsAsync(cancellationToken);
    }

    private void Check(VectorRecord vector, TextToEmbed? text)
    {
        Vectors++;
        if (owed.Contains((vector.Collection, vector.Id)))
        {
            return;
        }

        if (text is null)
        {
            defects.Add(FindingSeverity.Warning, "orphan-vector", $"entries of '{vector.Collection}' in the vector index stand for nothing that exists", Reindex, vector.Id);
        }
        else if (IsUnused(vector.Collection))
        {
            // Vectors of passages that a model made before: offline they are neither used nor made.
        }
        else if (!VectorFit.IsOf(vector, text))
        {
            defects.Add(FindingSeverity.Warning, "stale-vector", $"entries of '{vector.Collection}' in the vector index were made of words that have changed since", Reindex, vector.Id);
        }
        else if (embedding is not null && vector.Model is not null && vector.Model != embedding.Name)
        {
            defects.Add(
                FindingSeverity.Warning, "other-model",
                $"entries of '{vector.Collection}' come from the embedding model '{vector.Model}' and cannot be compared with '{embedding.Name}'", Reindex, vector.Id);
        }
        else
        {
            Count(dimensions, vector);
            if (vector.Model is not null)
            {
                Count(dimensionsOfModel, vector);
            }
        }
    }

    private async Task CheckMissingAsync(MemoryScope scope, string collection, IReadOnlyList<TextToEmbed> page, CancellationToken cancellationToken)
    {
        // Nothing embeds passages without a model, and a source without a caption is not looked for.
        var captioned = collection == VectorCollections.Resources
            ? (await store.GetResourcesAsync(scope, [.. page.Select(t => t.Id)], cancellationToken)).Where(r => r.Caption is not null).Select(r => r.Id).ToHashSet()
            : null;
        if (IsUnused(collection))
        {
            return;
        }

        var stored = (await index.GetAsync(scope, collection, [.. page.Select(t => t.Id)], cancellationToken)).Select(v => v.Id).ToHashSet();
        foreach (var text in page.Where(t => !stored.Contains(t.Id) && !owed.Contains((collection, t.Id)) && captioned?.Contains(t.Id) != false))
        {
            defects.Add(FindingSeverity.Warning, "missing-vector", $"entries of '{collection}' are missing in the vector index", Reindex, text.Id);
        }
    }

    private async Task CheckDimensionsAsync(CancellationToken cancellationToken)
    {
        if (dimensions.Count == 0)
        {
            return;
        }

        // Offline the length can be had for nothing; a model is not asked, the most common length of its vectors tells.
        var known = dimensionsOfModel.Count > 0 ? dimensionsOfModel : dimensions;
        var expected = embedding is { IsOffline: true }
            ? (await embedding.EmbedAsync(["dimension"], new ReasoningLog(), cancellationToken))[0].Length
            : known.MaxBy(d => d.Value).Key;
        foreach (var (dimension, count) in dimensions.Where(d => d.Key != expected).OrderBy(d => d.Key))
        {
            defects.Add(
                FindingSeverity.Warning, "other-dimension", $"vectors have {dimension} dimensions and cannot be compared with those of {expected}",
                "Run `memu reindex --all-spaces` with the embedding model that is to be used.", count: count);
        }
    }

    private bool IsUnused(string collection) => collection == VectorCollections.Passages && embedding is not { IsOffline: false };

    private static void Count(Dictionary<int, long> counts, VectorRecord vector) =>
        counts[vector.Vector.Length] = counts.GetValueOrDefault(vector.Vector.Length) + 1;
}
