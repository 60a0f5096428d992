using MemU.Commit;
using MemU.Maintenance;
using MemU.Reasoning;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Benchmarks.Data;

/// <summary>MemU put together as a program would, with its ports at hand.</summary>
internal sealed class BenchStore : IAsyncDisposable
{
    /// <summary>The provider <c>sqlite</c> with a key.</summary>
    public const string Encrypted = "encrypted";

    private const int ItemsACommit = 1000;
    private const int BatchBytes = 24 << 20;
    private readonly ServiceProvider services;

    private BenchStore(ServiceProvider services) => this.services = services;

    public IMemoryStore Store => services.GetRequiredService<IMemoryStore>();

    public IVectorIndex Index => services.GetRequiredService<IVectorIndex>();

    public SpaceWriter Writer => services.GetRequiredService<SpaceWriter>();

    public MemoryMaintenance Operator => services.GetRequiredService<MemoryMaintenance>();

    public MemoryService Service => services.GetRequiredService<MemoryService>();

    /// <summary>Opens (or will make) the data folder with a provider; nothing is read yet.</summary>
    public static BenchStore Open(
        string provider, string folder, SqliteDurability durability = SqliteDurability.Normal, VectorSearchMode mode = VectorSearchMode.Auto, int? threads = null)
    {
        var collection = new ServiceCollection();
        var builder = collection.AddMemU().UseVectorSearch(o => (o.Mode, o.Threads) = (mode, threads));
        var database = Path.Combine(folder, "memu.db");
        _ = provider switch
        {
            "memory" => builder.UseInMemory(),
            "sqlite" => builder.UseSqlite(database, o => o.Durability = durability).UseSqliteVectors().UseLocalBlobs(Path.Combine(folder, "resources")),
            Encrypted => builder.UseSqlite(database, o => o.Durability = durability).UseLocalBlobs(Path.Combine(folder, "resources"))
                .UseEncryption(_ => ValueTask.FromResult(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray())),
            "json" => builder.UseSqlite(database, o => o.Durability = durability)
                .UseJsonFileVectors(Path.Combine(folder, "vectors.json")).UseLocalBlobs(Path.Combine(folder, "resources")),
            _ => throw new ArgumentException($"No provider '{provider}'."),
        };
        return new BenchStore(collection.BuildServiceProvider());
    }

    /// <summary>Vectors alone, from a number on.</summary>
    public async Task FillVectorsAsync(MemoryScope scope, ClusteredVectors vectors, long first, int count)
    {
        foreach (var batch in Numbers(first, count).Chunk(BatchOf(vectors)))
        {
            await Index.ApplyAsync(scope, new VectorChanges { Upserted = [.. batch.Select(n => BenchItems.Vector(vectors, n))] }, CancellationToken.None);
        }
    }

    /// <summary>Items of one resource with their vectors, from a number on.</summary>
    public async Task FillItemsAsync(MemoryScope scope, ClusteredVectors vectors, long first, int count, bool withVectors = true)
    {
        await Writer.CommitOwingAsync(scope, new MemoryChanges { Resources = [new ResourceWrite(BenchItems.Resource(scope))] }, CancellationToken.None);
        foreach (var batch in Numbers(first, count).Chunk(BatchOf(vectors)))
        {
            await Writer.CommitOwingAsync(
                scope,
                new MemoryChanges
                {
                    Items = [.. batch.Select(n => BenchItems.Item(scope, n))],
                    Vectors = withVectors ? [.. batch.Select(n => BenchItems.Vector(vectors, n))] : [],
                },
                CancellationToken.None);
        }

        await Writer.DeliverOwedAsync(scope, CancellationToken.None);
    }

    /// <summary>Records that are in memory already, in commits of a thousand.</summary>
    public async Task CommitAsync(BenchItemBatch records)
    {
        await Writer.CommitOwingAsync(
            records.Scope, new MemoryChanges { Resources = [new ResourceWrite(BenchItems.Resource(records.Scope))] }, CancellationToken.None);
        foreach (var (items, vectors) in records.Items.Chunk(ItemsACommit).Zip(records.Vectors.Chunk(ItemsACommit)))
        {
            await Writer.CommitOwingAsync(records.Scope, new MemoryChanges { Items = items, Vectors = vectors }, CancellationToken.None);
        }

        await Writer.DeliverOwedAsync(records.Scope, CancellationToken.None);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static int BatchOf(ClusteredVectors vectors) => Math.Clamp(BatchBytes / (vectors.Dimension * sizeof(float)), 1, 10_000);

    private static IEnumerable<long> Numbers(long first, int count) => Enumerable.Range(0, count).Select(i => first + i);
}
