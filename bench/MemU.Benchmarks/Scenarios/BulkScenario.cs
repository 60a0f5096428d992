using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Sqlite;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Many items with vectors into an empty store: in large commits, and from an export in JSON Lines.</summary>
internal sealed class BulkScenario : IScenario
{
    private const int Rounds = 7;
    private const int Least = 10_000;
    private const int Most = 100_000;

    public string Name => "bulk";

    public string Description => "items with vectors in large commits, and an import of JSON Lines, against a bare loop of rows + BLOBs in one transaction";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers)
        {
            foreach (var (size, dimension) in settings.CellsOf(provider).Where(c => c.Size is >= Least and <= Most))
            {
                progress.Report($"bulk: {provider}, {size} × {dimension}");
                var vectors = new ClusteredVectors(settings.Seed, dimension);

                // Not counted: the runtime compiles what runs here several times.
                using (var uncounted = new ScratchFolder(settings))
                {
                    await RunAsync(settings, provider, uncounted, vectors, Least);
                }

                using var folder = new ScratchFolder(settings);
                var (commits, import, bare, exportBytes) = await RunAsync(settings, provider, folder, vectors, size);
                yield return RowOf("bulk commits", provider, vectors, size, commits, bare);
                yield return RowOf("import of JSON Lines", provider, vectors, size, import, bare) with
                {
                    Figures = new Dictionary<string, double> { ["export_bytes_each"] = exportBytes / (double)size },
                };
            }
        }
    }

    private static async Task<(double[] Commits, double[] Import, double[] Bare, long ExportBytes)> RunAsync(
        MeasureSettings settings, string provider, ScratchFolder folder, ClusteredVectors vectors, int size)
    {
        var export = Path.Combine(folder.Path, "export.jsonl");
        await ExportAsync(folder.Sub("source"), vectors, size, export);

        // Made beforehand, as the tables of every store are: neither is the work.
        BenchItemBatch records = new(new MemoryScope("bench"), vectors, size);
        (string Id, string Summary, float[] Vector)[] rows = [.. records.Items.Zip(records.Vectors, (i, v) => (i.Id, i.Summary, v.Vector.ToArray()))];
        var stores = new BenchStore[2 * (Rounds + 1)];
        for (var i = 0; i < stores.Length; i++)
        {
            stores[i] = BenchStore.Open(provider, folder.Sub($"store{i}"));
            await stores[i].FillItemsAsync(new MemoryScope("other"), vectors, long.MaxValue >> 16, 1);
        }

        try
        {
            var times = await Alternation.RunAsync(
                settings with { Rounds = Rounds }, repeat: false,
                run => stores[2 * run].CommitAsync(records),
                run => Task.Run(() =>
                {
                    using var bare = new BareSqlite(folder.Sub($"bare{run}"), SqliteDurability.Normal);
                    bare.Insert(rows);
                }),
                run => ImportAsync(stores[(2 * run) + 1], export));
            return (Alternation.Rates(times[0], size), Alternation.Rates(times[2], size), Alternation.Rates(times[1], size), new FileInfo(export).Length);
        }
        finally
        {
            foreach (var store in stores)
            {
                await store.DisposeAsync();
            }
        }
    }

    private static Row RowOf(string work, string provider, ClusteredVectors vectors, int size, double[] rates, double[] bare) => new()
    {
        Work = work, Provider = provider, Durability = provider == "memory" ? null : "normal", Count = size, Dimension = vectors.Dimension,
        Unit = "per s", Value = Spread.Of(rates),
        Comparisons = [Alternation.Compare(rates, "bare loop", bare, r => Goal.AtLeast("≥ 0.6 × the bare loop", r, 0.6))],
    };

    private static async Task ExportAsync(string folder, ClusteredVectors vectors, int size, string file)
    {
        await using var store = BenchStore.Open("sqlite", folder);
        var scope = new MemoryScope("bench");
        await store.FillItemsAsync(scope, vectors, 0, size);
        await using var stream = File.Create(file);
        await store.Service.OpenSpace(scope).ExportAsync(stream);
    }

    private static async Task ImportAsync(BenchStore store, string file)
    {
        await using var stream = File.OpenRead(file);
        await store.Service.OpenSpace("bench").ImportAsync(stream);
    }
}
