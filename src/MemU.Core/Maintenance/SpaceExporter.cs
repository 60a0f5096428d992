namespace MemU.Maintenance;

internal sealed class SpaceExporter
{
    public Task<TransferReport> RunAsync(
        MemoryScope scope, Stream destination, ExportOptions options, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
