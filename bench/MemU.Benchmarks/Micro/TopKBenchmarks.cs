using BenchmarkDotNet.Attributes;
using MemU.Benchmarks.Data;
using MemU.Vectors;

namespace MemU.Benchmarks.Micro;

/// <summary>Keeping the ten best of a stream of scores, most of which have no chance.</summary>
[MemoryDiagnoser]
public class TopKBenchmarks
{
    private const int Count = 10_000;
    private readonly VectorId[] ids = [.. Enumerable.Range(0, Count).Select(n => new VectorId(NumberedIds.Of(n)))];
    private readonly float[] scores = new float[Count];

    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            scores[i] = random.NextSingle();
        }
    }

    [Benchmark]
    public int Ten_best_of_10_000()
    {
        var best = new TopK(10);
        for (var i = 0; i < Count; i++)
        {
            if (best.Wants(scores[i]))
            {
                best.Offer(ids[i], scores[i]);
            }
        }

        return best.TakeAll().Count;
    }
}
