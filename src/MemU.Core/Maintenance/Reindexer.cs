using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// Makes the vectors of a space what its records say: delivers what is owed, embeds what has no vector that the current model can compare, removes
/// what stands for nothing. Works in bounded batches; stopped half-way, the next run goes on where it stopped.
/// </summary>
internal sealed class Reindexer(IMemoryStore store, IVectorIndex index, SpaceWriter writer, EmbeddingModel embedding)
{
    private const int RemovalBatch = 1000;

    /// <summary>Pages whose vectors are delivered together.</summary>
    private const int PagesADelivery = 10;

    public async Task<ReindexReport> RunAsync(
        MemoryScope scope, ReindexOptions options, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        await index.EnsureUsableAsync(scope, cancellationToken);
        var statistics = await store.GetStatisticsAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);

        var log = new ReasoningLog();
        var dimension = new Lazy<Task<int>>(() => DimensionAsync(log, cancellationToken));
        long embedded = 0, kept = 0, removed = 0;
        foreach (var collection in VectorCollections.All)
        {
            removed += await RemoveOrphansAsync(scope, collection, cancellationToken);
            var (total, done, pages) = (RecordTexts.CountIn(statistics, collection), 0L, 0);
            await foreach (var page in RecordTexts.ListAsync(store, scope, collection, cancellationToken))
            {
                var stale = await StaleAsync(scope, collection, page, options.All, dimension, cancellationToken);
                embedded += await EmbedAsync(scope, collection, stale, log, cancellationToken);
                kept += page.Count - stale.Count - (IsSkipped(collection) ? page.Count : 0);
                done += page.Count;
                progress?.Report(new MaintenanceProgress($"reindex {collection}", done, Math.Max(done, total)));
                if (++pages % PagesADelivery == 0)
                {
                    await writer.DeliverOwedAsync(scope, cancellationToken);
                }
            }

            await writer.DeliverOwedAsync(scope, cancellationToken);
        }

        return new ReindexReport(statistics.OwedVectors, embedded, kept, removed, log.Usage);
    }

    /// <summary>Feature hashes of passages are not worth storing.</summary>
    private bool IsSkipped(string collection) => collection == VectorCollections.Passages && embedding.IsOffline;

    private async Task<int> DimensionAsync(ReasoningLog log, CancellationToken cancellationToken) =>
        (await embedding.EmbedAsync(["dimension"], log, cancellationToken))[0].Length;

    private async Task<IReadOnlyList<TextToEmbed>> StaleAsync(
        MemoryScope scope, string collection, IReadOnlyList<TextToEmbed> texts, bool all, Lazy<Task<int>> dimension, CancellationToken cancellationToken)
    {
        if (IsSkipped(collection) || all)
        {
            return IsSkipped(collection) ? [] : texts;
        }

        var stored = (await index.GetAsync(scope, collection, [.. texts.Select(t => t.Id)], cancellationToken)).ToDictionary(v => v.Id);
        List<TextToEmbed> stale = [];
        foreach (var text in texts)
        {
            if (!stored.TryGetValue(text.Id, out var vector)
                || !VectorFit.IsOf(vector, text) || !VectorFit.IsBy(vector, embedding.Name, await dimension.Value))
            {
                stale.Add(text);
            }
        }

        return stale;
    }

    private async Task<int> EmbedAsync(
        MemoryScope scope, string collection, IReadOnlyList<TextToEmbed> texts, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return 0;
        }

        var vectors = await embedding.EmbedAsync([.. texts.Select(t => t.Text)], log, cancellationToken);

        // Embedding may take minutes: what was edited or deleted meanwhile has its own vector, or none.
        var now = await RecordTexts.GetAsync(store, scope, collection, [.. texts.Select(t => t.Id)], cancellationToken);
        var records = texts.Select((t, i) => (Text: t, Vector: vectors[i]))
            .Where(e => now.GetValueOrDefault(e.Text.Id) == e.Text)
            .Select(e => e.Text.With(e.Vector, embedding.Name))
            .ToList();
        await writer.CommitOwingAsync(scope, new MemoryChanges { Vectors = records }, cancellationToken);
        return records.Count;
    }

    private async Task<int> RemoveOrphansAsync(MemoryScope scope, string collection, CancellationToken cancellationToken)
    {
        List<string> orphans = [];
        await foreach (var ids in index.ListAsync(scope, collection, cancellationToken).Select(v => v.Id).Chunk(RemovalBatch).WithCancellation(cancellationToken))
        {
            var texts = await RecordTexts.GetAsync(store, scope, collection, ids, cancellationToken);
            orphans.AddRange(ids.Where(id => !texts.ContainsKey(id)));
        }

        foreach (var ids in orphans.Chunk(RemovalBatch))
        {
            await writer.CommitOwingAsync(scope, new MemoryChanges { RemovedVectors = [.. ids.Select(id => (collection, id))] }, cancellationToken);
        }

        return orphans.Count;
    }
}
