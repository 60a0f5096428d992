using MemU.Commit;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// Writes a space as JSON Lines, page by page: a header, typed records, and an end line that says how many there were, so that a file that was cut
/// off is noticed.
/// </summary>
internal sealed class SpaceExporter(IMemoryStore store, IVectorIndex index, IBlobStore blobs, SpaceWriter writer, TimeProvider time)
{
    private const int MostAttempts = 3;

    public async Task<TransferReport> RunAsync(
        MemoryScope scope, Stream destination, ExportOptions options, IProgress<MaintenanceProgress>? progress, CancellationToken cancellationToken)
    {
        if (options.Vectors)
        {
            await index.EnsureUsableAsync(scope, cancellationToken);
            await writer.DeliverOwedAsync(scope, cancellationToken);
        }

        var start = destination.CanSeek && destination.Position == destination.Length ? destination.Position : (long?)null;
        for (var attempt = 1; ; attempt++)
        {
            var version = await store.GetVersionAsync(scope, cancellationToken);
            var run = new ExportRun(store, index, blobs, scope, options, new ExportWriter(destination), progress);
            await run.WriteAsync(time.GetUtcNow(), cancellationToken);
            if (version == await store.GetVersionAsync(scope, cancellationToken))
            {
                return await run.EndAsync(cancellationToken);
            }

            if (start is not { } position || attempt == MostAttempts)
            {
                run.Warnings.Add("The space was written to while it was exported: what was added or removed meanwhile may be in the file in part. Export again for a complete state.");
                return await run.EndAsync(cancellationToken);
            }

            // The pages do not belong to one state: begin anew.
            destination.SetLength(position);
            destination.Position = position;
        }
    }
}
