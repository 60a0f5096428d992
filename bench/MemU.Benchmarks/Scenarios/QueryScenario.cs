using System.Diagnostics;
using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>The ten nearest of one space, index in memory, against reading the same bytes and against the search that anybody would write first.</summary>
internal sealed class QueryScenario : IScenario
{
    private const int Top = 10;
    private const int Questions = 50;

    // From about here on a first pass over rounded copies may pay.
    private const int Large = 5_000;

    private static readonly long CacheBytes = MachineFacts.CacheBytes();

    public string Name => "query";

    public string Description => "ten nearest vectors, against a read of the same bytes and a plain TensorPrimitives.Dot scan, with recall@10";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var dimension in settings.Dimensions)
        {
            var vectors = new ClusteredVectors(settings.Seed, dimension);
            foreach (var size in settings.Sizes)
            {
                progress.Report($"query: {size} × {dimension}");
                // Each contender reads bytes of its own: what one has left in the cache must not serve another.
                using var flat = new FlatRows(vectors, 0, size);
                using var plain = new FlatRows(vectors, 0, size);
                foreach (var provider in settings.Providers.Where(p => settings.CellsOf(p).Contains((size, dimension))))
                {
                    foreach (var row in await RunAsync(settings, progress, provider, vectors, size, flat, plain))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    private static async Task<IReadOnlyList<Row>> RunAsync(
        MeasureSettings settings, IProgress<string> progress, string provider, ClusteredVectors vectors, int size, FlatRows flat, FlatRows plain)
    {
        var scope = new MemoryScope("bench");
        using var folder = new ScratchFolder(settings);
        await using (var filling = provider == "memory" ? null : BenchStore.Open(provider, folder.Path))
        {
            progress.Report($"query: {provider}, {size} × {vectors.Dimension}, filling");
            await (filling?.FillVectorsAsync(scope, vectors, 0, size) ?? Task.CompletedTask);
        }

        List<Row> rows = [];
        foreach (var mode in size >= Large ? [VectorSearchMode.Exact, VectorSearchMode.Auto] : new[] { VectorSearchMode.Exact })
        {
            rows.Add(await RunAsync(settings, progress, provider, mode, folder.Path, vectors, size, flat, plain));
        }

        return rows;
    }

    private static async Task<Row> RunAsync(
        MeasureSettings settings, IProgress<string> progress, string provider, VectorSearchMode mode, string folder, ClusteredVectors vectors, int size, FlatRows flat, FlatRows plain)
    {
        var scope = new MemoryScope("bench");
        await using var store = BenchStore.Open(provider, folder, mode: mode, threads: 1);
        if (provider == "memory")
        {
            await store.FillVectorsAsync(scope, vectors, 0, size);
        }

        progress.Report($"query: {provider}, {mode}, {size} × {vectors.Dimension}");
        var questions = Enumerable.Range(0, Questions)
            .Select(q => new VectorQuery(VectorCollections.Items, vectors.Question(q), Top, BenchItems.Model)).ToArray();
        var index = store.Index;
        var start = Stopwatch.GetTimestamp();
        await index.QueryAsync(scope, questions[0], CancellationToken.None);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var recall = await RecallAsync(index, scope, questions, flat);
        var times = await Alternation.RunAsync(
            settings, repeat: true,
            async run => await index.QueryAsync(scope, questions[run % Questions], CancellationToken.None),
            _ => Keep(flat.ReadLoop()),
            run => Keep(plain.NaiveScan(questions[run % Questions].Vector.Span, Top)[0]));

        return new Row
        {
            Work = mode == VectorSearchMode.Exact ? "exact query" : "query, as chosen by size", Provider = provider,
            Count = size, Dimension = vectors.Dimension, Unit = "ms", Value = Spread.Of(times[0]),
            Comparisons =
            [
                Alternation.Compare(times[0], "read loop", times[1], mode == VectorSearchMode.Exact ? ratio => ReadGoal(ratio, size, vectors.Dimension) : null),
                Alternation.Compare(times[0], "plain scan", times[2]),
            ],
            Goals = [Goal.AtLeast("recall@10 ≥ 0.999", recall, 0.999)],
            Figures = new Dictionary<string, double> { ["first_query_ms"] = first, ["recall_at_10"] = recall },
        };
    }

    private static Goal ReadGoal(double ratio, int size, int dimension) => (long)size * dimension * sizeof(float) > CacheBytes
        ? Goal.AtMost("≤ 1.15 × the read loop", ratio, 1.15)
        : Goal.AtMost("≤ 1.25 × the read loop (in cache)", ratio, 1.25);

    /// <summary>The share of the nearest that were found.</summary>
    private static async Task<double> RecallAsync(IVectorIndex index, MemoryScope scope, VectorQuery[] questions, FlatRows flat)
    {
        double found = 0, wanted = 0;
        foreach (var question in questions)
        {
            var answer = await index.QueryAsync(scope, question, CancellationToken.None);
            var recall = flat.Recall(question.Vector.Span, Top, answer.Hits.Select(h => NumberedIds.NumberOf(h.Value)));
            found += recall.Found;
            wanted += recall.Wanted;
        }

        return found / wanted;
    }

    private static Task Keep(float result) => float.IsNaN(result) ? Task.FromException(new InvalidOperationException("The baseline read no numbers.")) : Task.CompletedTask;
}
