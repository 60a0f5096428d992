using BenchmarkDotNet.Attributes;
using MemU.Benchmarks.Data;
using MemU.Storage;

namespace MemU.Benchmarks.Micro;

/// <summary>One item with its vector, committed by itself.</summary>
[MemoryDiagnoser]
public class CommitBenchmarks
{
    private readonly MemoryScope scope = new("bench");
    private readonly ClusteredVectors vectors = new(1, 384);
    private readonly string folder = Directory.CreateTempSubdirectory("memu-bench-").FullName;
    private BenchStore store = null!;
    private long next = 1000;

    [Params("memory", "sqlite", "json")]
    public string Provider { get; set; } = "";

    [GlobalSetup]
    public Task SetUp()
    {
        store = BenchStore.Open(Provider, folder);
        return store.FillItemsAsync(scope, vectors, 0, (int)next);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark]
    public Task<bool> Insert()
    {
        var number = next++;
        return store.Writer.CommitAsync(
            scope, new MemoryChanges { Items = [BenchItems.Item(scope, number)], Vectors = [BenchItems.Vector(vectors, number)] }, CancellationToken.None);
    }
}
