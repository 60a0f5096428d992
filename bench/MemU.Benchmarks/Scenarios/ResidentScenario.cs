using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Resident bytes a vector once a space's index is in memory, in a process of its own.</summary>
internal sealed class ResidentScenario : IScenario
{
    public const string Child = "resident";

    // From here on a quantised copy may be kept for the first pass.
    private const int Quantised = 5_000;

    public string Name => "resident";

    public string Description => "resident bytes a vector after a query of the whole space, in a process of its own, against the raw numbers";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers)
        {
            foreach (var (size, dimension) in settings.CellsOf(provider).Where(c => c.Size >= 10_000))
            {
                progress.Report($"resident: {provider}, {size} × {dimension}");
                using var folder = new ScratchFolder(settings);
                var vectors = new ClusteredVectors(settings.Seed, dimension);
                if (provider != "memory")
                {
                    await using var store = BenchStore.Open(provider, folder.Path);
                    await store.FillVectorsAsync(new MemoryScope("bench"), vectors, 0, size);
                }

                var answer = await ChildProcess.RunAsync(Child, provider, folder.Path, $"{settings.Seed}", $"{dimension}", $"{size}");
                var each = (answer[1] - answer[0]) / size;
                double raw = dimension * sizeof(float);
                var limit = (1.1 * raw) + 200 + (size >= Quantised ? 0.26 * raw : 0);
                yield return new Row
                {
                    Work = "resident memory", Provider = provider, Count = size, Dimension = dimension, Unit = "bytes a vector", Value = Spread.Of(each),
                    Comparisons = [new Comparison("raw numbers", Spread.Of(raw), Spread.Of(each / raw))],
                    Goals = [Goal.AtMost("≤ 1.1 × raw + 200 bytes" + (size >= Quantised ? " + 0.26 × raw for int8" : ""), each, limit)],
                    Figures = new Dictionary<string, double> { ["before_mb"] = answer[0] / (1 << 20), ["after_mb"] = answer[1] / (1 << 20) },
                };
            }
        }
    }

    /// <summary>Resident bytes before and after.</summary>
    public static async Task<double[]> RunChildAsync(string[] args)
    {
        var (provider, size) = (args[0], int.Parse(args[4]));
        var scope = new MemoryScope("bench");
        var vectors = new ClusteredVectors(int.Parse(args[2]), int.Parse(args[3]));

        // A small store of the same kind first, so that code and libraries are in memory already.
        using (var folder = new ScratchFolder(new MeasureSettings { Folder = Path.Combine(args[1], "first") }))
        {
            await using var first = BenchStore.Open(provider, folder.Path);
            await first.FillVectorsAsync(scope, vectors, 0, 100);
            await AskAsync(first, scope, vectors);
        }

        double before = ChildProcess.ResidentBytes();
        await using var store = BenchStore.Open(provider, args[1]);
        if (provider == "memory")
        {
            await store.FillVectorsAsync(scope, vectors, 0, size);
        }

        await AskAsync(store, scope, vectors);
        double after = ChildProcess.ResidentBytes();

        // It must still be there when it is counted.
        await AskAsync(store, scope, vectors);
        return [before, after];
    }

    private static Task AskAsync(BenchStore store, MemoryScope scope, ClusteredVectors vectors) =>
        store.Index.QueryAsync(scope, new VectorQuery(VectorCollections.Items, vectors.Question(0), 10, BenchItems.Model), CancellationToken.None);
}
