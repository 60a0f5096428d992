using System.Buffers;
using System.Security.Cryptography;
using MemU.Commit;
using MemU.Contracts;
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
    private const int ReportEvery = 100;

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
            var revision = await store.GetRevisionAsync(scope, cancellationToken);
            var run = new Run(this, scope, options, new ExportWriter(destination), progress);
            await run.WriteAsync(cancellationToken);
            if (revision == await store.GetRevisionAsync(scope, cancellationToken))
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

    private sealed class Run(SpaceExporter exporter, MemoryScope scope, ExportOptions options, ExportWriter writer, IProgress<MaintenanceProgress>? progress)
    {
        private readonly Dictionary<string, long> records = [];
        private long written;
        private long total;
        private int foreignPaths;
        private int missingBytes;

        public List<string> Warnings { get; } = [];

        public async Task WriteAsync(CancellationToken cancellationToken)
        {
            var store = exporter.store;
            var statistics = await store.GetStatisticsAsync(scope, cancellationToken);
            total = statistics.Resources + statistics.Passages + statistics.Categories + statistics.Items + statistics.Links + statistics.History;
            await writer.WriteAsync(RecordTypes.Header, Header(), cancellationToken);
            await foreach (var resource in All(store.ListResourcesAsync, cancellationToken))
            {
                await RecordAsync(RecordTypes.Resource, ResourceJson.From(resource), cancellationToken);
                if (options.Content)
                {
                    await ContentAsync(resource, cancellationToken);
                }
            }

            await RecordsAsync(RecordTypes.Passage, All((s, p, c) => store.ListPassagesAsync(s, null, p, c), cancellationToken).Select(p => PassageJson.From(p)), cancellationToken);
            await RecordsAsync(RecordTypes.Category, All(store.ListCategoriesAsync, cancellationToken).Select(c => CategoryJson.From(c)), cancellationToken);
            await RecordsAsync(RecordTypes.Item, All((s, p, c) => store.ListItemsAsync(s, ItemFilter.All, p, c), cancellationToken).Select(i => ItemJson.From(i)), cancellationToken);
            await RecordsAsync(RecordTypes.Relation, All(store.ListLinksAsync, cancellationToken).Select(RelationJson.From), cancellationToken);
            await RecordsAsync(RecordTypes.History, All((s, p, c) => store.ListHistoryAsync(s, null, p, c), cancellationToken).Select(RevisionJson.From), cancellationToken);
            foreach (var collection in options.Vectors ? VectorCollections.All : [])
            {
                await RecordsAsync(RecordTypes.Vector, exporter.index.ListAsync(scope, collection, cancellationToken).Select(VectorJson.From), cancellationToken);
            }
        }

        public async Task<TransferReport> EndAsync(CancellationToken cancellationToken)
        {
            await writer.WriteAsync(RecordTypes.End, new ExportEndJson(writer.Lines - 1), cancellationToken);
            await writer.FlushAsync(cancellationToken);
            Report(RecordTypes.End);
            if (foreignPaths > 0)
            {
                Warnings.Add($"{foreignPaths} source(s) were stored by the Python code under paths of its own: their bytes are not in the file.");
            }

            if (missingBytes > 0)
            {
                Warnings.Add($"The bytes of {missingBytes} source(s) are missing in the blob store and therefore in the file. `memu doctor` names them.");
            }

            return new TransferReport { Records = records, Warnings = Warnings };
        }

        private ExportHeaderJson Header() => new()
        {
            Format = ExportHeaderJson.FormatName,
            Version = ExportHeaderJson.CurrentVersion,
            TenantId = scope.Tenant,
            UserId = scope.User,
            AgentId = scope.Agent,
            ExportedAt = MemUJson.ToEpoch(exporter.time.GetUtcNow()),
            Content = options.Content,
            Vectors = options.Vectors,
        };

        private IAsyncEnumerable<T> All<T>(Func<MemoryScope, PageRequest, CancellationToken, Task<Page<T>>> list, CancellationToken cancellationToken) =>
            StorePaging.AllAsync((page, token) => list(scope, page, token), cancellationToken);

        private async Task RecordsAsync<T>(string type, IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
            where T : notnull
        {
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                await RecordAsync(type, row, cancellationToken);
            }
        }

        private async Task RecordAsync<T>(string type, T record, CancellationToken cancellationToken)
            where T : notnull
        {
            await writer.WriteAsync(type, record, cancellationToken);
            Count(type);
        }

        private void Count(string type)
        {
            records[type] = records.GetValueOrDefault(type) + 1;
            if (++written % ReportEvery == 0)
            {
                Report(type);
            }
        }

        private void Report(string step) => progress?.Report(new MaintenanceProgress(step, written, Math.Max(total, written)));

        private async Task ContentAsync(Resource resource, CancellationToken cancellationToken)
        {
            if (resource.LocalPath.Length == 0)
            {
                return;
            }

            if (resource.ContentHash is null)
            {
                foreignPaths++;
                return;
            }

            await using var content = await exporter.blobs.OpenAsync(scope, resource.LocalPath, cancellationToken);
            if (content is null)
            {
                missingBytes++;
                return;
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var chunk = ArrayPool<byte>.Shared.Rent(BlobJson.MaxBytes);
            try
            {
                for (var (offset, last) = (0L, false); !last;)
                {
                    var read = await content.ReadAtLeastAsync(chunk.AsMemory(0, BlobJson.MaxBytes), BlobJson.MaxBytes, throwOnEndOfStream: false, cancellationToken);
                    last = read < BlobJson.MaxBytes;
                    hash.AppendData(chunk, 0, read);
                    await writer.WriteAsync(
                        RecordTypes.Blob,
                        new BlobJson
                        {
                            ResourceId = resource.Id,
                            FileName = offset == 0 ? Path.GetFileName(resource.LocalPath) : null,
                            Offset = offset,
                            Data = chunk[..read],
                            Last = last,
                            Sha256 = last ? Convert.ToHexStringLower(hash.GetCurrentHash()) : null,
                        },
                        cancellationToken);
                    offset += read;
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }

            Count(RecordTypes.Blob);
        }
    }
}
