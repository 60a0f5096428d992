using BenchmarkDotNet.Attributes;
using MemU.Benchmarks.Data;
using MemU.Vectors;

namespace MemU.Benchmarks.Micro;

/// <summary>The ten nearest of one space, and what that allocates.</summary>
[MemoryDiagnoser]
public class QueryBenchmarks
{
    private readonly MemoryScope scope = new("bench");
    private readonly string folder = Directory.CreateTempSubdirectory("memu-bench-").FullName;
    private BenchStore store = null!;
    private VectorQuery query = null!;

    [Params("memory", "sqlite", "json")]
    public string Provider { get; set; } = "";

    [Params(1_000, 10_000)]
    public int Count { get; set; }

    [Params(384, 1536)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var vectors = new ClusteredVectors(1, Dimension);
        store = BenchStore.Open(Provider, folder);
        await store.FillVectorsAsync(scope, vectors, 0, Count);
        query = new VectorQuery(VectorCollections.Items, vectors.Question(0), 10, BenchItems.Model);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark]
    public async Task<int> Query() => (await store.Index.QueryAsync(scope, query, CancellationToken.None)).Hits.Count;
}
