using MemU.Commit;
using MemU.Contracts;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>One pass over a verified file: gathers records of one type, asks what they mean for the space, commits.</summary>
internal sealed class ImportRun(
    IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, EmbeddingModel embedding, ImportSpace space, long total,
    IProgress<MaintenanceProgress>? progress)
{
    private const int BatchRecords = 500;
    private const long BatchBytes = 8 << 20;
    private const int DeliverAt = 5000;
    private readonly List<object> batch = [];
    private string batchType = "";
    private long batchBytes;
    private long done;
    private int owing;
    private long erasureMark;

    public async Task RunAsync(Stream file, CancellationToken cancellationToken)
    {
        erasureMark = await store.GetErasureMarkAsync(space.Scope, cancellationToken);
        await foreach (var line in ExportLine.ReadAsync(file, cancellationToken))
        {
            if (line.Type is RecordTypes.Header or RecordTypes.End)
            {
                continue;
            }

            switch (ExportRecords.Read(line))
            {
                case null:
                    space.Tally.UnknownType(line.Type);
                    break;
                case BlobJson blob:
                    ((ImportedResource)batch[^1]).Append(blob);
                    batchBytes += blob.Data.Length;
                    break;
                case ResourceJson resource:
                    await AddAsync(line, new ImportedResource(resource), cancellationToken);
                    break;
                case var record:
                    await AddAsync(line, record, cancellationToken);
                    break;
            }

            done++;
        }

        await FlushAsync(cancellationToken);
        await DeliverAsync(cancellationToken);
    }

    private async Task AddAsync(ExportLine line, object record, CancellationToken cancellationToken)
    {
        if (line.Type != batchType || batch.Count >= BatchRecords || batchBytes >= BatchBytes)
        {
            await FlushAsync(cancellationToken);
            batchType = line.Type;
        }

        batch.Add(record);
        batchBytes += line.Json.Length;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (batch.Count > 0)
        {
            // Embeddings of an attempt that came too late are used by the next one.
            var vectors = new VectorBuilder(space.Scope, store, index, embedding, new ReasoningLog());
            List<string> newBlobs = [];
            List<BlobDoubt> doubts = [];
            try
            {
                foreach (var content in batch.OfType<ImportedResource>().Select(r => r.Content).OfType<MemoryStream>())
                {
                    doubts.Add(await blobs.DoubtAsync(space.Scope, content.GetBuffer().AsMemory(0, (int)content.Length), cancellationToken));
                }

                var (step, vectorsWritten) = await Attempts.RunAsync(() => CommitAsync(vectors, newBlobs, cancellationToken), cancellationToken);
                space.Tally.Add(step);
                owing += vectorsWritten;
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

            batch.Clear();
            batchBytes = 0;
            if (owing >= DeliverAt)
            {
                await DeliverAsync(cancellationToken);
            }
        }

        progress?.Report(new MaintenanceProgress($"import {batchType}", done, total));
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        owing = 0;
        if (!await writer.TryDeliverOwedAsync(space.Scope, cancellationToken))
        {
            space.Tally.IndexIsPending();
        }
    }

    private async Task<(ImportStep Step, int Vectors)> CommitAsync(VectorBuilder vectors, List<string> newBlobs, CancellationToken cancellationToken)
    {
        var step = await PlanAsync(newBlobs, cancellationToken);
        if (step.IsEmpty)
        {
            return (step, 0);
        }

        var changes = space.Header.Vectors ? step.Changes : step.Changes with { Vectors = await vectors.BuildAsync(step.Texts, cancellationToken) };
        await writer.CommitOwingAsync(space.Scope, changes with { NotErasedSince = erasureMark }, cancellationToken);
        return (step, changes.Vectors.Count);
    }

    private Task<ImportStep> PlanAsync(List<string> newBlobs, CancellationToken cancellationToken) => batchType switch
    {
        RecordTypes.Resource => new ResourceImport(store, blobs, space).PlanAsync(Batch<ImportedResource>(), newBlobs, cancellationToken),
        RecordTypes.Passage => new PassageImport(store, embedding, space).PlanAsync(Batch<PassageJson>(), cancellationToken),
        RecordTypes.Category => new CategoryImport(store, space).PlanAsync(Batch<CategoryJson>(), cancellationToken),
        RecordTypes.Item => new ItemImport(store, space).PlanAsync(Batch<ItemJson>(), cancellationToken),
        RecordTypes.Relation => new ItemImport(store, space).PlanAsync(Batch<RelationJson>(), cancellationToken),
        RecordTypes.History => new ItemImport(store, space).PlanAsync(Batch<RevisionJson>(), cancellationToken),
        RecordTypes.Vector => new VectorImport(store, index, embedding, space).PlanAsync(Batch<VectorJson>(), cancellationToken),
        _ => throw new InvalidOperationException($"No import for '{batchType}'."),
    };

    private List<T> Batch<T>() => [.. batch.Cast<T>()];
}
