using System.Diagnostics;
using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Sqlite;
using MemU.Vectors;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Opening a data folder that is there: the whole space at the first question, and one small space in a folder of many memories.</summary>
internal sealed class OpenScenario : IScenario
{
    public const string Child = "open";
    private const int SmallSpace = 100;
    private const int Neighbours = 100;

    public string Name => "open";

    public string Description => "open and ask once: a large space against a bare read of its BLOBs; a small space among many in a process of its own";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers.Where(p => p != "memory"))
        {
            foreach (var (size, dimension) in settings.CellsOf(provider))
            {
                progress.Report($"open: {provider}, {size} × {dimension}");
                yield return await LargeSpaceAsync(settings, provider, new ClusteredVectors(settings.Seed, dimension), size);
            }
        }

        foreach (var provider in settings.Providers.Where(p => p != "memory"))
        {
            var size = settings.CellsOf(provider).Max(c => c.Size);
            progress.Report($"open: {provider}, small space among {size}");
            foreach (var row in await SmallSpaceAsync(settings, provider, new ClusteredVectors(settings.Seed, settings.Dimensions[0]), size))
            {
                yield return row;
            }
        }
    }

    private static async Task<Row> LargeSpaceAsync(MeasureSettings settings, string provider, ClusteredVectors vectors, int size)
    {
        using var folder = new ScratchFolder(settings);
        var scope = new MemoryScope("bench");
        string ours = folder.Sub("ours"), bareFolder = folder.Sub("bare");
        await using (var store = BenchStore.Open(provider, ours))
        {
            await store.FillVectorsAsync(scope, vectors, 0, size);
        }

        using (var bare = new BareSqlite(bareFolder, SqliteDurability.Normal))
        {
            bare.Fill(vectors, 0, size);
        }

        var question = vectors.Question(0);
        var into = new float[(long)size * vectors.Dimension];
        var times = await Alternation.RunAsync(
            settings with { Rounds = Math.Min(settings.Rounds, 15) }, repeat: false,
            _ => FirstQuestion.OpenAndAskAsync(provider, ours, scope, question),
            _ => BareSqlite.ReadAll(bareFolder, into) == into.LongLength
                ? Task.CompletedTask
                : Task.FromException(new InvalidOperationException("The bare read is incomplete.")));
        return new Row
        {
            Work = "open and ask", Provider = provider, Count = size, Dimension = vectors.Dimension, Unit = "ms", Value = Spread.Of(times[0]),
            Comparisons = [Alternation.Compare(times[0], "bare BLOB read", times[1], r => Goal.AtMost("≤ 2 × the raw read", r, 2))],
        };
    }

    private static async Task<IReadOnlyList<Row>> SmallSpaceAsync(MeasureSettings settings, string provider, ClusteredVectors vectors, int size)
    {
        using var folder = new ScratchFolder(settings);
        await using (var store = BenchStore.Open(provider, folder.Path))
        {
            for (var s = 0; s < Neighbours; s++)
            {
                await store.FillItemsAsync(new MemoryScope($"user{s}"), vectors, (long)s * size / Neighbours, size / Neighbours);
            }

            await store.FillItemsAsync(new MemoryScope("small"), vectors, size, SmallSpace);
        }

        List<double> cold = [], warm = [], resident = [], whole = [];
        for (var i = 0; i < 5; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var answer = await ChildProcess.RunAsync(settings.Start, [Child, provider, folder.Path, $"{settings.Seed}", $"{vectors.Dimension}"]);
            whole.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            cold.Add(answer[0]);
            warm.Add(answer[1]);
            resident.Add(answer[2] / (1 << 20));
        }

        Row row = new()
        {
            Work = "open, ask a small space", Provider = provider, Spaces = Neighbours + 1, Count = size + SmallSpace, Dimension = vectors.Dimension, Unit = "ms",
            Value = Spread.Of(warm), Goals = size >= 100_000 ? [Goal.AtMost("≤ 50 ms", Spread.Of(warm).Median, 50)] : [],
            Note = "open, ask a small space: in a process of its own; first with code that was never run (the runtime compiles it), then again after closing.",
        };
        return
        [
            row with { Work = "the same, first in a process", Value = Spread.Of(cold), Goals = size >= 100_000 ? [Goal.AtMost("≤ 50 ms", Spread.Of(cold).Median, 50)] : [] },
            row,
            row with { Work = "the whole process, both questions", Value = Spread.Of(whole), Goals = [] },
            row with
            {
                Work = "resident memory after it", Unit = "MB", Value = Spread.Of(resident),
                Goals = size >= 100_000 ? [Goal.AtMost("≤ 60 MB", Spread.Of(resident).Median, 60)] : [],
            },
        ];
    }
}
