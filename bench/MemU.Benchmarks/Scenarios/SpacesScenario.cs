using System.Diagnostics;
using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Many spaces in one store: a question to one of them must not cost what the others hold.</summary>
internal sealed class SpacesScenario : IScenario
{
    private const int Hundred = 100;
    private const int ManySpaces = 10_000;
    private const int Million = 1_000_000;

    public string Name => "spaces";

    public string Description => "one space of 100 that share the store, against the same space alone; with --sizes 1m also 10,000 spaces, asked cold";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers)
        {
            foreach (var (size, dimension) in settings.CellsOf(provider).Where(c => c.Size >= 10_000))
            {
                var vectors = new ClusteredVectors(settings.Seed, dimension);
                if (size < Million)
                {
                    progress.Report($"spaces: {provider}, {Hundred} spaces share {size} × {dimension}");
                    yield return await SharedAsync(settings, provider, vectors, size);
                }
                else if (provider != "json")
                {
                    progress.Report($"spaces: {provider}, {ManySpaces} spaces share {size} × {dimension}");
                    yield return await ColdAsync(settings, provider, vectors, size);
                }
            }
        }
    }

    private static async Task<Row> SharedAsync(MeasureSettings settings, string provider, ClusteredVectors vectors, int size)
    {
        using var folder = new ScratchFolder(settings);
        var each = size / Hundred;
        await using var shared = BenchStore.Open(provider, folder.Sub("shared"));
        for (var s = 0; s < Hundred; s++)
        {
            await shared.FillVectorsAsync(new MemoryScope($"user{s}"), vectors, (long)s * each, each);
        }

        const int chosen = 42;
        var scope = new MemoryScope($"user{chosen}");
        await using var alone = BenchStore.Open(provider, folder.Sub("alone"));
        await alone.FillVectorsAsync(scope, vectors, (long)chosen * each, each);
        using var flat = new FlatRows(vectors, (long)chosen * each, each);
        var questions = Enumerable.Range(0, 50).Select(q => new VectorQuery(VectorCollections.Items, vectors.Question(q), 10, BenchItems.Model)).ToArray();
        var recall = 0.0;
        foreach (var question in questions)
        {
            var truth = flat.NaiveScan(question.Vector.Span, 10).Select(i => NumberedIds.Of(((long)chosen * each) + i)).ToHashSet();
            recall += (await shared.Index.QueryAsync(scope, question, CancellationToken.None)).Hits.Count(h => truth.Contains(h.Value)) / (double)truth.Count / questions.Length;
        }

        var times = await Alternation.RunAsync(
            settings, repeat: true,
            async run => await shared.Index.QueryAsync(scope, questions[run % questions.Length], CancellationToken.None),
            async run => await alone.Index.QueryAsync(scope, questions[run % questions.Length], CancellationToken.None),
            _ => Task.FromResult(flat.ReadLoop()));
        return new Row
        {
            Work = "query one space of many", Provider = provider, Spaces = Hundred, Count = size, Dimension = vectors.Dimension, Unit = "ms",
            Value = Spread.Of(times[0]),
            Comparisons =
            [
                Alternation.Compare(times[0], "the space alone", times[1], r => Goal.AtMost("≤ 1.2 × the same space alone", r, 1.2)),
                Alternation.Compare(times[0], "read loop over the space", times[2]),
            ],
            Goals = [Goal.AtLeast("recall 1.0", Math.Round(recall, 6), 1)],
        };
    }

    private static async Task<Row> ColdAsync(MeasureSettings settings, string provider, ClusteredVectors vectors, int size)
    {
        using var folder = new ScratchFolder(settings);
        var each = size / ManySpaces;
        await using var store = BenchStore.Open(provider, folder.Path);
        for (var s = 0; s < ManySpaces; s++)
        {
            await store.FillVectorsAsync(new MemoryScope($"user{s}"), vectors, (long)s * each, each);
        }

        await using var again = provider == "memory" ? null : BenchStore.Open(provider, folder.Path);
        var index = (again ?? store).Index;
        List<double> times = [];
        for (var s = 0; s < 500; s++)
        {
            var question = new VectorQuery(VectorCollections.Items, vectors.Question(s), 10, BenchItems.Model);
            var start = Stopwatch.GetTimestamp();
            await index.QueryAsync(new MemoryScope($"user{s * (ManySpaces / 500)}"), question, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        // The very first pays for opening the file and for compiling the code.
        var spread = Spread.Of(times[1..]);
        return new Row
        {
            Work = "first query of a space", Provider = provider, Spaces = ManySpaces, Count = size, Dimension = vectors.Dimension, Unit = "ms", Value = spread,
            Goals = [Goal.AtMost("≤ 5 ms cold", spread.Median, 5)],
            Figures = new Dictionary<string, double> { ["very_first_ms"] = times[0] },
        };
    }
}
