using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>The ten nearest of one space beside FAISS's flat index and its index of eight bits a number, each with one thread, taking turns in this process.</summary>
internal sealed class FaissScenario : IScenario
{
    private const int Top = 10;
    private const int Questions = 200;

    // At this many vectors the goal is more than not to be slower.
    private const int TenThousand = 10_000;

    // From about here on a first pass over rounded copies is made.
    private const int Large = 5_000;

    private static readonly MemoryScope Scope = new("bench");

    public string Name => "faiss";

    public string Description => "ten nearest vectors beside FAISS's flat and SQ8 index (AVX2) and a read of the same bytes, each with one thread";

    public string? Missing => FaissLibrary.Missing;

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var dimension in settings.Dimensions)
        {
            var vectors = new ClusteredVectors(settings.Seed, dimension);
            foreach (var size in settings.Sizes)
            {
                progress.Report($"faiss: {size} × {dimension}, filling");
                using var flat = new FlatRows(vectors, 0, size);
                using var faissFlat = FaissIndex.Flat(flat, Top);
                using var faissSq8 = FaissIndex.Sq8(flat, Top);
                foreach (var provider in settings.Providers.Where(p => settings.CellsOf(p).Contains((size, dimension))))
                {
                    foreach (var row in await RunAsync(settings, progress, provider, vectors, flat, faissFlat, faissSq8))
                    {
                        yield return row;
                    }
                }
            }
        }
    }

    private static async Task<IReadOnlyList<Row>> RunAsync(
        MeasureSettings settings, IProgress<string> progress, string provider, ClusteredVectors vectors, FlatRows flat, FaissIndex faissFlat, FaissIndex faissSq8)
    {
        using var folder = new ScratchFolder(settings);
        await using var exact = BenchStore.Open(provider, folder.Path, mode: VectorSearchMode.Exact, threads: 1);
        await exact.FillVectorsAsync(Scope, vectors, 0, flat.Count);
        await using var second = provider == "memory" ? BenchStore.Open(provider, folder.Path, threads: 1) : null;
        await (second?.FillVectorsAsync(Scope, vectors, 0, flat.Count) ?? Task.CompletedTask);
        await using var chosen = second ?? BenchStore.Open(provider, folder.Path, threads: 1);

        progress.Report($"faiss: {flat.Count} × {flat.Dimension}, {provider}");
        var questions = Enumerable.Range(0, Questions)
            .Select(q => new VectorQuery(VectorCollections.Items, vectors.Question(q), Top, BenchItems.Model)).ToArray();
        var recalls = new[]
        {
            await RecallAsync(flat, questions, q => Ask(faissFlat, q)), await RecallAsync(flat, questions, q => Ask(faissSq8, q)),
            await RecallAsync(flat, questions, q => AskAsync(exact.Index, q)), await RecallAsync(flat, questions, q => AskAsync(chosen.Index, q)),
        };
        var times = await Alternation.RunAsync(
            settings, repeat: true,
            run => Task.FromResult(faissFlat.Search(questions[run % Questions].Vector.Span)),
            run => Task.FromResult(faissSq8.Search(questions[run % Questions].Vector.Span)),
            async run => await exact.Index.QueryAsync(Scope, questions[run % Questions], CancellationToken.None),
            async run => await chosen.Index.QueryAsync(Scope, questions[run % Questions], CancellationToken.None),
            _ => Task.FromResult(flat.ReadLoop()));

        Row RowOf(string work, int of, params Comparison[] comparisons) => new()
        {
            Work = work, Provider = provider, Count = flat.Count, Dimension = flat.Dimension, Unit = "ms", Value = Spread.Of(times[of]),
            Comparisons = [Alternation.Compare(times[of], "read loop", times[4]), .. comparisons],
            Figures = new Dictionary<string, double> { ["recall_at_10"] = recalls[of] },
        };

        var (text, limit) = flat.Count == TenThousand ? ("≤ 0.8 × FAISS flat", 0.8) : ("never slower than FAISS flat", 1.0);
        List<Row> rows =
        [
            RowOf("FAISS flat", 0),
            RowOf("FAISS SQ8, without rescoring", 1),
            RowOf("exact query", 2, Alternation.Compare(times[2], "FAISS flat", times[0], r => Goal.AtMost(text, r, limit))),
        ];
        if (flat.Count >= Large)
        {
            rows.Add(RowOf(
                "query, as chosen by size", 3,
                Alternation.Compare(times[3], "FAISS flat", times[0], r => Goal.AtMost("≥ 3 × as fast as FAISS flat", r, 1 / 3.0)),
                Alternation.Compare(times[3], "FAISS SQ8", times[1], r => Goal.AtMost("≥ 3 × as fast as FAISS SQ8", r, 1 / 3.0))) with
            {
                Goals = [Goal.AtLeast("recall@10 ≥ 0.999", recalls[3], 0.999)],
            });
        }

        return rows;
    }

    private static async Task<double> RecallAsync(FlatRows flat, VectorQuery[] questions, Func<VectorQuery, ValueTask<IEnumerable<long>>> ask)
    {
        double found = 0, wanted = 0;
        foreach (var question in questions)
        {
            var numbers = await ask(question);
            var recall = flat.Recall(question.Vector.Span, Top, numbers);
            found += recall.Found;
            wanted += recall.Wanted;
        }

        return found / wanted;
    }

    private static ValueTask<IEnumerable<long>> Ask(FaissIndex index, VectorQuery question) => ValueTask.FromResult<IEnumerable<long>>(index.Search(question.Vector.Span));

    private static async ValueTask<IEnumerable<long>> AskAsync(IVectorIndex index, VectorQuery question) =>
        (await index.QueryAsync(Scope, question, CancellationToken.None)).Hits.Select(h => NumberedIds.NumberOf(h.Value));
}
