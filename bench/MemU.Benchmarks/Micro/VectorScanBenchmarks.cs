using BenchmarkDotNet.Attributes;
using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;

namespace MemU.Benchmarks.Micro;

/// <summary>What a search by cosine is measured against.</summary>
public class VectorScanBenchmarks
{
    private FlatRows rows = null!;
    private float[] question = [];

    [Params(1_000, 100_000)]
    public int Count { get; set; }

    [Params(384, 1536)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var vectors = new ClusteredVectors(1, Dimension);
        rows = new FlatRows(vectors, 0, Count);
        question = vectors.Question(0);
    }

    [GlobalCleanup]
    public void CleanUp() => rows.Dispose();

    [Benchmark(Baseline = true)]
    public float Read_every_byte() => rows.ReadLoop();

    [Benchmark]
    public int Dot_of_TensorPrimitives() => rows.NaiveScan(question, 10)[0];
}
