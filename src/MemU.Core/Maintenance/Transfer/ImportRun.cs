using MemU.Commit;
using MemU.Contracts;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>One pass over a checked file: asks of each batch what it means for the space, and commits that.</summary>
internal sealed class ImportRun(
    IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, EmbeddingModel embedding, ImportSpace space, CheckedExport known,
    IProgress<MaintenanceProgress>? progress)
{
    private readonly ImportDelivery delivery = new(writer, space);
    private long erasureMark;

    public async Task RunAsync(Stream file, CancellationToken cancellationToken)
    {
        erasureMark = await store.GetErasureMarkAsync(space.Scope, cancellationToken);
        var done = 0L;
        try
        {
            await foreach (var batch in ImportReader.ReadAsync(file, known, cancellationToken))
            {
                if (batch.Records.Count > 0)
                {
                    await StoreAsync(batch, cancellationToken);
                }
                else
                {
                    space.Tally.UnknownType(batch.Type, batch.Lines);
                }

                done += batch.Lines;
                progress?.Report(new MaintenanceProgress($"import {batch.Type}", done, known.Records));
            }

            await delivery.CompleteAsync(cancellationToken);
        }
        finally
        {
            await delivery.AbandonAsync();
        }
    }

    private async Task StoreAsync(ImportBatch batch, CancellationToken cancellationToken)
    {
        // Embeddings of an attempt that came too late are used by the next one.
        var vectors = new VectorBuilder(space.Scope, store, index, embedding, new ReasoningLog());
        List<string> newBlobs = [];
        List<BlobDoubt> doubts = [];
        try
        {
            foreach (var content in batch.Records.OfType<ImportedResource>().Select(r => r.Content).OfType<MemoryStream>())
            {
                doubts.Add(await blobs.DoubtAsync(space.Scope, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken));
            }

            space.Tally.Add(await Attempts.RunAsync(() => CommitAsync(batch, vectors, newBlobs, cancellationToken), cancellationToken));
            doubts.ForEach(d => d.Settle());
        }
        catch
        {
            await BlobRemoval.RemoveUnusedAsync(store, blobs, space.Scope, newBlobs);
            doubts.ForEach(d => d.Settle());
            throw;
        }
        finally
        {
            doubts.ForEach(d => d.Dispose());
        }
    }

    private async Task<ImportStep> CommitAsync(ImportBatch batch, VectorBuilder vectors, List<string> newBlobs, CancellationToken cancellationToken)
    {
        var step = await PlanAsync(batch, newBlobs, cancellationToken);
        if (batch.Vectors.Count > 0)
        {
            step = step.With(await new VectorImport(store, index, embedding, space, delivery).PlanAsync(batch.Vectors, step.Changes, cancellationToken));
        }

        if (step.IsEmpty)
        {
            return step;
        }

        // Before that: the last commit may hold what the model has made of the same words, and nothing is sent to it twice.
        await delivery.EndAsync(cancellationToken);
        var changes = space.Header.Vectors ? step.Changes : step.Changes with { Vectors = await vectors.BuildAsync(step.Texts, cancellationToken) };
        delivery.Goes(await writer.CommitAheadAsync(space.Scope, changes with { NotErasedSince = erasureMark }, cancellationToken), changes.Vectors.Count);
        return step;
    }

    private Task<ImportStep> PlanAsync(ImportBatch batch, List<string> newBlobs, CancellationToken cancellationToken) => batch.Type switch
    {
        RecordTypes.Resource => new ResourceImport(store, blobs, space).PlanAsync(Of<ImportedResource>(batch), newBlobs, cancellationToken),
        RecordTypes.Passage => new PassageImport(store, embedding, space).PlanAsync(Of<PassageJson>(batch), cancellationToken),
        RecordTypes.Category => new CategoryImport(store, space).PlanAsync(Of<CategoryJson>(batch), cancellationToken),
        RecordTypes.Item => new ItemImport(store, space).PlanAsync(Of<ItemJson>(batch), cancellationToken),
        RecordTypes.Relation => new ItemImport(store, space).PlanAsync(Of<RelationJson>(batch), cancellationToken),
        RecordTypes.History => new ItemImport(store, space).PlanAsync(Of<RevisionJson>(batch), cancellationToken),
        RecordTypes.Vector => new VectorImport(store, index, embedding, space, delivery).PlanAsync(Of<VectorJson>(batch), new MemoryChanges(), cancellationToken),
        _ => throw new InvalidOperationException($"No import for '{batch.Type}'."),
    };

    private static List<T> Of<T>(ImportBatch batch) => [.. batch.Records.Cast<T>()];
}
