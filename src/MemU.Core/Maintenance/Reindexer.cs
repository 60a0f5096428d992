namespace MemU.Maintenance;

internal sealed class Reindexer
{
    public Task<ReindexReport> RunAsync(
        MemoryScope scope, ReindexOptions options, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
