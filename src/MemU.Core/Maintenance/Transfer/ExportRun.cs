using System.Buffers;
using System.Security.Cryptography;
using MemU.Contracts;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>One pass over a space, written as it is read.</summary>
internal sealed class ExportRun(
    IMemoryStore store, IVectorIndex index, IBlobStore blobs, MemoryScope scope, ExportOptions options, ExportWriter writer,
    IProgress<MaintenanceProgress>? progress)
{
    private const int ReportEvery = 100;

    // Whoever imports them has so many in one commit, and lines of 8 MB.
    private const int RecordsWithVectors = 500;
    private const long BytesWithVectors = 4 << 20;

    // Whoever imports them writes each behind the one before.
    private static readonly ItemFilter OldestFirst = new() { OldestFirst = true };

    private readonly Dictionary<string, long> records = [];
    private long written;
    private long total;
    private int foreignPaths;
    private int missingBytes;

    public List<string> Warnings { get; } = [];

    public async Task WriteAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var statistics = await store.GetStatisticsAsync(scope, cancellationToken);
        total = statistics.Resources + statistics.Passages + statistics.Categories + statistics.Items + statistics.Links + statistics.History;
        await writer.WriteAsync(RecordTypes.Header, Header(now), cancellationToken);
        await foreach (var resource in All(store.ListResourcesAsync, cancellationToken))
        {
            await RecordAsync(RecordTypes.Resource, ResourceJson.From(resource), cancellationToken);
            if (options.Content)
            {
                await ContentAsync(resource, cancellationToken);
            }
        }

        await WithVectorsAsync(
            RecordTypes.Passage, VectorCollections.Passages, All((s, p, c) => store.ListPassagesAsync(s, null, p, c), cancellationToken), p => p.Id,
            p => PassageJson.From(p), cancellationToken);
        await RecordsAsync(RecordTypes.Category, All(store.ListCategoriesAsync, cancellationToken).Select(c => CategoryJson.From(c)), cancellationToken);
        await WithVectorsAsync(
            RecordTypes.Item, VectorCollections.Items, All((s, p, c) => store.ListItemsAsync(s, OldestFirst, p, c), cancellationToken), i => i.Id,
            i => ItemJson.From(i), cancellationToken);
        await RecordsAsync(RecordTypes.Relation, All(store.ListLinksAsync, cancellationToken).Select(RelationJson.From), cancellationToken);
        await RecordsAsync(RecordTypes.History, All((s, p, c) => store.ListHistoryAsync(s, null, p, c), cancellationToken).Select(RevisionJson.From), cancellationToken);
        foreach (var collection in options.Vectors ? VectorCollections.All.Except([VectorCollections.Passages, VectorCollections.Items]) : [])
        {
            await RecordsAsync(RecordTypes.Vector, index.ListAsync(scope, collection, cancellationToken).Select(VectorJson.From), cancellationToken);
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

    private ExportHeaderJson Header(DateTimeOffset now) => new()
    {
        Format = ExportHeaderJson.FormatName,
        Version = ExportHeaderJson.CurrentVersion,
        TenantId = scope.Tenant,
        UserId = scope.User,
        AgentId = scope.Agent,
        ExportedAt = MemUJson.ToEpoch(now),
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

    /// <summary>Some hundred records, then their vectors, and so on: whoever imports them stores both at once.</summary>
    private async Task WithVectorsAsync<T, TJson>(
        string type, string collection, IAsyncEnumerable<T> rows, Func<T, string> id, Func<T, TJson> json, CancellationToken cancellationToken)
        where TJson : notnull
    {
        List<string> ids = [];
        var start = writer.Bytes;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            await RecordAsync(type, json(row), cancellationToken);
            ids.Add(id(row));
            if (ids.Count == RecordsWithVectors || writer.Bytes - start >= BytesWithVectors)
            {
                await VectorsAsync(collection, ids, cancellationToken);
                ids.Clear();
                start = writer.Bytes;
            }
        }

        await VectorsAsync(collection, ids, cancellationToken);
    }

    private async Task VectorsAsync(string collection, List<string> ids, CancellationToken cancellationToken)
    {
        foreach (var vector in options.Vectors && ids.Count > 0 ? await index.GetAsync(scope, collection, ids, cancellationToken) : [])
        {
            await RecordAsync(RecordTypes.Vector, VectorJson.From(vector), cancellationToken);
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

        await using var content = await blobs.OpenAsync(scope, resource.LocalPath, cancellationToken);
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
