using MemU.Commit;
using MemU.Reasoning;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// Makes the vectors of a space what its records say: delivers what is owed, finds or embeds what has no vector that the current model can compare,
/// removes what stands for nothing. Works in bounded batches; stopped half-way, the next run goes on where it stopped.
/// What is left in a place where vectors were kept before is taken over where it fits, so that nothing is paid for twice, and removed at last.
/// </summary>
internal sealed class Reindexer(IMemoryStore store, IVectorIndex index, SpaceWriter writer, EmbeddingModel embedding, FormerVectors? former = null)
{
    private const int RemovalBatch = 1000;

    /// <summary>Pages whose vectors are delivered together.</summary>
    private const int PagesADelivery = 10;

    private readonly KnownEmbeddings known = new(store, index, embedding);

    public async Task<ReindexReport> RunAsync(
        MemoryScope scope, ReindexOptions options, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        await index.EnsureUsableAsync(scope, cancellationToken);
        await store.ForgetDamagedTextsAsync(scope, cancellationToken);
        var statistics = await store.GetStatisticsAsync(scope, cancellationToken);
        if (options.All || options.Anew)
        {
            await index.RemoveDamagedAsync(scope, cancellationToken);
        }

        var undelivered = statistics.OwedVectors == 0 ? 0 : (await UndeliveredVectors.ListAsync(store, index, scope, cancellationToken)).Count;
        var mark = await store.GetErasureMarkAsync(scope, cancellationToken);
        await writer.DeliverOwedAsync(scope, cancellationToken);

        var log = new ReasoningLog();
        long embedded = 0, reused = 0, kept = 0, removed = 0;
        foreach (var collection in VectorCollections.All)
        {
            removed += await RemoveOrphansAsync(scope, collection, mark, cancellationToken);
            var (total, done, pages) = (RecordTexts.CountIn(statistics, collection), 0L, 0);
            await foreach (var page in RecordTexts.ListAsync(store, scope, collection, cancellationToken))
            {
                var (stale, replaced) = await StaleAsync(scope, collection, page, options, log, cancellationToken);
                var (sent, found) = await MendAsync(scope, collection, stale, replaced, options, mark, log, cancellationToken);
                (embedded, reused) = (embedded + sent, reused + found);
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

        removed += former is null ? 0 : await former.RemoveAsync(scope, cancellationToken);
        return new ReindexReport(undelivered, embedded, reused, kept, removed, log.Usage);
    }

    /// <summary>Feature hashes of passages are not worth storing.</summary>
    private bool IsSkipped(string collection) => collection == VectorCollections.Passages && embedding.IsOffline;

    /// <summary>The texts whose vector is to be replaced, and those vectors of other models that are worth keeping.</summary>
    private async Task<(IReadOnlyList<TextToEmbed> Stale, IReadOnlyList<VectorRecord> Replaced)> StaleAsync(
        MemoryScope scope, string collection, IReadOnlyList<TextToEmbed> texts, ReindexOptions options, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (IsSkipped(collection))
        {
            return ([], []);
        }

        var stored = (await index.GetAsync(scope, collection, [.. texts.Select(t => t.Id)], cancellationToken)).ToDictionary(v => v.Id);
        List<TextToEmbed> stale = [];
        List<VectorRecord> replaced = [];
        foreach (var text in texts)
        {
            var vector = stored.GetValueOrDefault(text.Id);
            if (!options.Anew && vector is not null && await IsRightAsync(vector, text, options, log, cancellationToken))
            {
                continue;
            }

            stale.Add(text);
            if (vector is not null && vector.Text == text.Text && vector.Model != embedding.Name)
            {
                replaced.Add(vector);
            }
        }

        return (stale, replaced);
    }

    private async Task<bool> IsRightAsync(
        VectorRecord vector, TextToEmbed text, ReindexOptions options, ReasoningLog log, CancellationToken cancellationToken) =>
        (options.All ? vector.Text == text.Text && vector.Model == embedding.Name : VectorFit.IsOf(vector, text))
        && VectorFit.IsBy(vector, embedding.Name, await embedding.DimensionAsync(log, cancellationToken));

    private async Task<(int Sent, int Found)> MendAsync(
        MemoryScope scope, string collection, IReadOnlyList<TextToEmbed> texts, IReadOnlyList<VectorRecord> replaced, ReindexOptions options, long mark, ReasoningLog log,
        CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
        {
            return (0, 0);
        }

        var vectors = options.Anew ? [] : await KnownAsync(scope, texts, log, cancellationToken);
        string[] unknown = [.. texts.Select(t => t.Text).Where(t => !vectors.ContainsKey(t)).Distinct(StringComparer.Ordinal)];
        foreach (var (text, vector) in unknown.Zip(await embedding.EmbedAsync(unknown, log, cancellationToken)))
        {
            vectors[text] = vector;
        }

        // Embedding may take minutes: what was edited or deleted meanwhile has its own vector, or none.
        var now = await RecordTexts.GetAsync(store, scope, collection, [.. texts.Select(t => t.Id)], cancellationToken);
        var current = texts.Where(t => now.GetValueOrDefault(t.Id) == t).ToList();
        var ids = current.Select(t => t.Id).ToHashSet();
        await writer.CommitOwingAsync(
            scope,
            new MemoryChanges
            {
                NotErasedSince = mark,
                FormerVectors = [.. replaced.Where(f => ids.Contains(f.Id))],
                Vectors = [.. current.Select(t => t.With(vectors[t.Text], embedding.Name))],
            },
            cancellationToken);
        var sent = unknown.ToHashSet(StringComparer.Ordinal);
        return (current.Count(t => sent.Contains(t.Text)), current.Count(t => !sent.Contains(t.Text)));
    }

    /// <summary>What the model made before, unless its vectors have had another length since.</summary>
    private async Task<Dictionary<string, ReadOnlyMemory<float>>> KnownAsync(
        MemoryScope scope, IReadOnlyList<TextToEmbed> texts, ReasoningLog log, CancellationToken cancellationToken)
    {
        var vectors = await known.FindAsync(scope, [.. texts.Select(t => t.Text)], cancellationToken);
        var unknown = texts.Where(t => !vectors.ContainsKey(t.Text)).ToDictionary(t => t.Id, t => t.Text);
        if (former is not null && unknown.Count > 0)
        {
            foreach (var vector in await former.GetAsync(scope, texts[0].Collection, unknown.Keys, cancellationToken))
            {
                if (vector.Model == embedding.Name && vector.Text == unknown[vector.Id])
                {
                    vectors[vector.Text] = vector.Vector;
                }
            }
        }

        if (vectors.Count > 0)
        {
            var dimension = await embedding.DimensionAsync(log, cancellationToken);
            foreach (var text in vectors.Where(v => v.Value.Length != dimension).Select(v => v.Key).ToList())
            {
                vectors.Remove(text);
            }
        }

        return vectors;
    }

    private async Task<int> RemoveOrphansAsync(MemoryScope scope, string collection, long mark, CancellationToken cancellationToken)
    {
        List<string> orphans = [];
        await foreach (var ids in index.ListAsync(scope, collection, cancellationToken).Select(v => v.Id).Chunk(RemovalBatch).WithCancellation(cancellationToken))
        {
            var texts = await RecordTexts.GetAsync(store, scope, collection, ids, cancellationToken);
            orphans.AddRange(ids.Where(id => !texts.ContainsKey(id)));
        }

        foreach (var ids in orphans.Chunk(RemovalBatch))
        {
            await writer.CommitOwingAsync(scope, new MemoryChanges { NotErasedSince = mark, RemovedVectors = [.. ids.Select(id => (collection, id))] }, cancellationToken);
        }

        return orphans.Count;
    }
}
