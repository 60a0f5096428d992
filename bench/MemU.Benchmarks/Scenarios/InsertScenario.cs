using MemU.Benchmarks.Baselines;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Sqlite;
using MemU.Storage;

namespace MemU.Benchmarks.Scenarios;

/// <summary>One item with its vector, committed by itself: against one row with a BLOB in SQLite, and against a store that holds a hundred.</summary>
internal sealed class InsertScenario : IScenario
{
    private const int Few = 100;
    private const int Rounds = 500;

    public string Name => "insert";

    public string Description => "one item with its vector a commit, against a bare SQLite row + BLOB of the same durability and against a store of 100";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers)
        {
            foreach (var (size, dimension) in settings.CellsOf(provider))
            {
                // Not counted: the runtime compiles what a commit runs several times.
                await RunAsync(settings with { Rounds = 10 * Rounds, Seconds = 1 }, provider, SqliteDurability.Normal, new ClusteredVectors(settings.Seed, dimension), Few);
                foreach (var durability in provider == "memory" ? [SqliteDurability.Normal] : new[] { SqliteDurability.Normal, SqliteDurability.Full })
                {
                    progress.Report($"insert: {provider}, {durability}, {size} × {dimension}");
                    yield return await RunAsync(settings, provider, durability, new ClusteredVectors(settings.Seed, dimension), size);
                }
            }
        }
    }

    private static async Task<Row> RunAsync(MeasureSettings settings, string provider, SqliteDurability durability, ClusteredVectors vectors, int size)
    {
        using var folder = new ScratchFolder(settings);
        var scope = new MemoryScope("bench");
        await using var store = BenchStore.Open(provider, folder.Sub("store"), durability);
        await store.FillItemsAsync(scope, vectors, 0, size);
        await using var small = BenchStore.Open(provider, folder.Sub("small"), durability);
        await small.FillItemsAsync(scope, vectors, 0, Few);
        using var bare = new BareSqlite(folder.Sub("bare"), durability);
        bare.Fill(vectors, 0, size);

        var times = await Alternation.RunAsync(
            settings with { Rounds = Math.Max(settings.Rounds, Rounds) }, repeat: false,
            run => InsertAsync(store, scope, vectors, size + run),
            run =>
            {
                bare.Fill(vectors, size + run, 1);
                return Task.CompletedTask;
            },
            run => InsertAsync(small, scope, vectors, Few + run));
        var grown = Alternation.Compare(
            times[0], $"the same with {Few}", times[2], size >= 100_000 ? r => Goal.AtMost("the 100,000th ≤ 1.3 × the 100th", r, 1.3) : null);
        return new Row
        {
            Work = "insert", Provider = provider, Durability = provider == "memory" ? null : Word(durability), Count = size, Dimension = vectors.Dimension,
            Unit = "ms", Value = Spread.Of(times[0]),
            Comparisons = provider == "memory"
                ? [grown]
                : [Alternation.Compare(times[0], "bare row + BLOB", times[1], r => Goal.AtMost("≤ 2 × the bare transaction", r, 2)), grown],
            Goals = size == 1000 && vectors.Dimension == 1536
                ? [Goal.AtMost("≥ 1,000 × the Python original (1.4 s on the issue's machine)", Spread.Of(times[0]).Median, 1.4)]
                : [],
        };
    }

    internal static string Word(SqliteDurability durability) => durability.ToString().ToLowerInvariant();

    private static Task InsertAsync(BenchStore store, MemoryScope scope, ClusteredVectors vectors, long number) => store.Writer.CommitAsync(
        scope, new MemoryChanges { Items = [BenchItems.Item(scope, number)], Vectors = [BenchItems.Vector(vectors, number)] }, CancellationToken.None);
}
