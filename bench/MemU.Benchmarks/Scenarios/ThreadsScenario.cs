using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>The ten nearest of one large space when two threads search, against one thread over the same vectors in memory of its own.</summary>
internal sealed class ThreadsScenario : IScenario
{
    private const int Top = 10;
    private const int Questions = 50;

    // Below, one thread is done before another has begun.
    private const int Large = 5_000;
    private const double Goal = 1.4;

    public string Name => "threads";

    public string Description => "ten nearest vectors by two threads, against one";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var dimension in settings.Dimensions)
        {
            var vectors = new ClusteredVectors(settings.Seed, dimension);
            foreach (var size in settings.Sizes.Where(s => s >= Large && settings.CellsOf("memory").Contains((s, dimension))))
            {
                foreach (var mode in new[] { VectorSearchMode.Exact, VectorSearchMode.Auto })
                {
                    progress.Report($"threads: {mode}, {size} × {dimension}");
                    yield return await RunAsync(settings, mode, vectors, size);
                }
            }
        }
    }

    private static async Task<Row> RunAsync(MeasureSettings settings, VectorSearchMode mode, ClusteredVectors vectors, int size)
    {
        var scope = new MemoryScope("bench");
        await using var two = BenchStore.Open("memory", "", mode: mode, threads: 2);
        await using var one = BenchStore.Open("memory", "", mode: mode, threads: 1);
        await two.FillVectorsAsync(scope, vectors, 0, size);
        await one.FillVectorsAsync(scope, vectors, 0, size);
        var questions = Enumerable.Range(0, Questions)
            .Select(q => new VectorQuery(VectorCollections.Items, vectors.Question(q), Top, BenchItems.Model)).ToArray();
        var times = await Alternation.RunAsync(
            settings, repeat: true,
            async run => await two.Index.QueryAsync(scope, questions[run % Questions], CancellationToken.None),
            async run => await one.Index.QueryAsync(scope, questions[run % Questions], CancellationToken.None));
        return new Row
        {
            Work = mode == VectorSearchMode.Exact ? "exact query, two threads" : "query, two threads", Provider = "memory",
            Count = size, Dimension = vectors.Dimension, Unit = "ms", Value = Spread.Of(times[0]),
            Comparisons = [Alternation.Compare(times[0], "one thread", times[1], r => Measure.Goal.AtMost("≥ 1.4 × as fast as one thread", r, 1 / Goal))],
        };
    }
}
