using MemU.Commit;

namespace MemU.Maintenance;

/// <summary>Waits for the delivery of the last commit's vectors, which goes on while the next batch is planned. Not thread-safe.</summary>
internal sealed class ImportDelivery(SpaceWriter writer, ImportSpace space)
{
    private const int DeliverAt = 5000;
    private Task<bool> last = Task.FromResult(true);
    private int vectors;
    private int owing;

    /// <summary>This delivery goes on.</summary>
    /// <param name="delivery">True when all were delivered.</param>
    /// <param name="count">How many vectors it delivers.</param>
    public void Goes(Task<bool> delivery, int count) => (last, vectors) = (delivery, count);

    /// <summary>Waits for it. What could not be delivered so is delivered when it has become much.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        var (delivery, count) = (last, vectors);
        Goes(Task.FromResult(true), 0);
        owing += await delivery ? 0 : count;
        if (owing >= DeliverAt)
        {
            await DeliverAsync(cancellationToken);
        }
    }

    /// <summary>Waits for it, and delivers whatever is owed yet.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await EndAsync(cancellationToken);
        await DeliverAsync(cancellationToken);
    }

    /// <summary>Waits for it, whatever becomes of it: something else has failed.</summary>
    public async Task AbandonAsync() => await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        owing = 0;
        if (!await writer.TryDeliverOwedAsync(space.Scope, cancellationToken))
        {
            space.Tally.IndexIsPending();
        }
    }
}
