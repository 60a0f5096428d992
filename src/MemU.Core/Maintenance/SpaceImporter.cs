namespace MemU.Maintenance;

internal sealed class SpaceImporter
{
    public Task<TransferReport> RunAsync(
        MemoryScope scope, Stream source, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
