using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.Logging;

namespace MemU.Commit;

/// <summary>
/// The one way to write into a space: commit the metadata, then deliver the vectors that the commit owes to the index. A delivery that fails
/// is not an error: what is owed stays recorded and is delivered before the next use of the space.
/// </summary>
internal sealed partial class SpaceWriter(IMemoryStore store, IVectorIndex index, IBlobStore blobs, ILogger<SpaceWriter> log)
{
    private const int DeliveryBatch = 5000;

    // An older write must not reach the index after a newer one.
    private readonly SpaceTurns deliveries = new();

    /// <summary>Commits; true when the index is up to date afterwards.</summary>
    public async Task<bool> CommitAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        var receipt = await store.CommitAsync(scope, changes, cancellationToken);

        // The commit is done: cancelling now would only leave work for later.
        return !receipt.OwesVectors || await TryAsync(() => DeliverAsync(scope, receipt, CancellationToken.None));
    }

    /// <summary>
    /// Commits as one of many in a row, to be followed by <see cref="DeliverOwedAsync"/>: what cannot be delivered from memory now is left to that. True when nothing is.
    /// </summary>
    public async Task<bool> CommitOwingAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken) =>
        await await CommitAheadAsync(scope, changes, cancellationToken);

    /// <summary>
    /// The same, but returns when the commit is done: its delivery goes on while the next commit is prepared, and is to be waited for before that is made. Else what
    /// is owed could not be delivered from memory, nor written over.
    /// </summary>
    public async Task<Task<bool>> CommitAheadAsync(MemoryScope scope, MemoryChanges changes, CancellationToken cancellationToken)
    {
        var receipt = await store.CommitAsync(scope, changes, cancellationToken);
        return receipt.Owed is null
            ? Task.FromResult(!receipt.OwesVectors)
            : Task.Run(() => TryAsync(() => DeliverAsync(scope, receipt, CancellationToken.None)), CancellationToken.None);
    }

    /// <summary>
    /// Finishes what processes that died left undone: delivers what earlier commits owe, removes bytes that no source came to have. Called when a space is
    /// opened for use.
    /// </summary>
    /// <exception cref="MemoryStoreException">The index or the blob store cannot be written.</exception>
    public async Task DeliverOwedAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        foreach (var doubt in await blobs.TakeDoubtsAsync(scope, cancellationToken))
        {
            using (doubt)
            {
                await BlobRemoval.RemoveUnusedAsync(store, blobs, scope, doubt.Keys);
                doubt.Settle();
            }
        }

        await DeliverAsync(scope, commit: null, cancellationToken);
        await store.SettleOwedVectorsAsync(scope, [], cancellationToken);
    }

    private async Task DeliverAsync(MemoryScope scope, CommitReceipt? commit, CancellationToken cancellationToken)
    {
        using var turn = await deliveries.TakeAsync(scope, cancellationToken);
        if (commit is null && !await store.OwesVectorsAsync(scope, cancellationToken))
        {
            return;
        }

        IReadOnlyList<OwedVector> owed;
        do
        {
            // Other hosts and processes deliver too: what is owed is read when it is this delivery's turn at the index.
            owed = [];
            try
            {
                await index.ApplyInTurnAsync(
                    scope, async token => ChangesOf(owed = await OwedAsync(scope, commit, token)), cancellationToken);
                commit = null;
            }
            catch (ArgumentException e)
            {
                // The metadata knows whose an id is; an index that says otherwise was written by something that lost the owner.
                throw new MemoryStoreException($"The vector index '{index.Provider}' refuses vectors that are owed to it: {e.Message} Rebuild it: move it away and run `memu reindex`.", e)
                {
                    Provider = index.Provider,
                    Operation = "deliver",
                };
            }

            if (owed.Count > 0)
            {
                await store.SettleOwedVectorsAsync(scope, owed, cancellationToken);
            }
        }
        while (owed.Count == DeliveryBatch);
    }

    /// <summary>What is owed. When nobody has committed since, a commit knows it, and nothing has to be read.</summary>
    private async Task<IReadOnlyList<OwedVector>> OwedAsync(MemoryScope scope, CommitReceipt? commit, CancellationToken cancellationToken) =>
        commit is { Owed: [var first, ..] owed } && await store.GetVersionAsync(scope, cancellationToken) == new SpaceVersion(first.Epoch, commit.Revision)
            ? owed
            : await store.ListOwedVectorsAsync(scope, DeliveryBatch, cancellationToken);

    private static VectorChanges ChangesOf(IReadOnlyList<OwedVector> owed)
    {
        IReadOnlyList<OwedVector> last = owed.Count <= 1 ? owed : [.. owed.GroupBy(o => (o.Collection, o.Id)).Select(g => g.MaxBy(o => o.Sequence)!)];
        return new VectorChanges
        {
            Removed = [.. last.Where(o => o.Record is null).Select(o => (o.Collection, o.Id))],
            Upserted = [.. last.Where(o => o.Record is not null).Select(o => o.Record!)],
        };
    }

    /// <summary>Delivers what is owed; false when the index lacks some of it and cannot be written now.</summary>
    public Task<bool> TryDeliverOwedAsync(MemoryScope scope, CancellationToken cancellationToken) =>
        TryAsync(() => DeliverOwedAsync(scope, cancellationToken), () => UndeliveredVectors.AreNoneAsync(store, index, scope, cancellationToken));

    private async Task<bool> TryAsync(Func<Task> deliver, Func<Task<bool>>? isDelivered = null)
    {
        try
        {
            await deliver();
            return true;
        }
        catch (MemoryStoreException e) when (CanWait(e))
        {
            // Another process delivers, and strikes off later. It is not noted here: a record of the journal that its writer could not store may go again.
            if (e.Provider == index.Provider && isDelivered is not null && await IsTrueAsync(isDelivered))
            {
                return true;
            }

            DeliveryFailed(e, e.Provider);
            return false;
        }
    }

    private async Task<bool> IsTrueAsync(Func<Task<bool>> isDelivered)
    {
        try
        {
            return await isDelivered();
        }
        catch (MemoryStoreException e) when (CanWait(e))
        {
            return false;
        }
    }

    private bool CanWait(MemoryStoreException e) => e.Provider != store.Provider && (e.Provider == index.Provider || e.Provider == blobs.Provider);

    [LoggerMessage(1, LogLevel.Warning, "'{Provider}' could not be written; what is owed to it stays recorded and is delivered later.")]
    private partial void DeliveryFailed(Exception exception, string provider);
}
