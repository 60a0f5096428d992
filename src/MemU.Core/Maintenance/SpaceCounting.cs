using MemU.Commit;
using MemU.Storage;

namespace MemU.Maintenance;

/// <summary>Counts what a space holds. Thread-safe.</summary>
internal sealed class SpaceCounting(IMemoryStore store, SpaceWriter writer)
{
    /// <summary>Counts and sizes. What stands there as owed and can be delivered is not owed: another process may have delivered it, and strike it off later.</summary>
    public async Task<SpaceStatistics> RunAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var statistics = await store.GetStatisticsAsync(scope, cancellationToken);
        return statistics.OwedVectors > 0 && await writer.TryDeliverOwedAsync(scope, cancellationToken)
            ? (await store.GetStatisticsAsync(scope, cancellationToken)) with { OwedVectors = 0 }
            : statistics;
    }
}
