using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;

namespace MemU.Benchmarks.Scenarios;

/// <summary>What encryption costs: the same work with a key and without, in turns.</summary>
internal sealed class EncryptionScenario : IScenario
{
    private const int Messages = 1000;
    private const int Spaces = 100;
    private static readonly MemoryScope Scope = new("bench");

    public string Name => "encryption";

    public string Description => "memorize, insert, ask cold and ask warm with a key, against the same without; and the rotation of the master key of 100 spaces";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        progress.Report("encryption: memorize");
        using var folder = new ScratchFolder(settings);
        yield return Compare("memorize, encrypted", Messages, await Alternation.RunAsync(
            settings, repeat: false, run => MemorizeAsync(folder, BenchStore.Encrypted, run, settings.Seed), run => MemorizeAsync(folder, "sqlite", run, settings.Seed)));

        progress.Report("encryption: insert");
        var vectors = new ClusteredVectors(settings.Seed, 384);
        await using (var pair = await PairAsync(folder, "insert", s => s.FillItemsAsync(Scope, vectors, 0, Messages)))
        {
            var (encrypted, plain) = pair;
            yield return Compare("insert, encrypted", Messages, await Alternation.RunAsync(
                settings, repeat: false, run => InsertAsync(encrypted, vectors, Messages + run), run => InsertAsync(plain, vectors, Messages + run)), vectors.Dimension);
        }

        progress.Report("encryption: ask");
        await using (var pair = await PairAsync(folder, "ask", s => s.Service.OpenSpace(Scope).MemorizeAsync(Talk.Messages(settings.Seed, 0, Messages), "talk")))
        {
            var (encrypted, plain) = pair;
            yield return Compare("first question, encrypted", Messages, await Alternation.RunAsync(
                settings, repeat: false, run => AskColdAsync(folder.Sub($"ask-{BenchStore.Encrypted}"), BenchStore.Encrypted, run, settings.Seed),
                run => AskColdAsync(folder.Sub("ask-sqlite"), "sqlite", run, settings.Seed)));
            yield return Compare("later question, encrypted", Messages, await Alternation.RunAsync(
                settings, repeat: true, run => AskAsync(encrypted, run, settings.Seed), run => AskAsync(plain, run, settings.Seed)));
        }

        progress.Report("encryption: rotate");
        yield return await RotateAsync(settings, folder);
    }

    private static Row Compare(string work, long count, double[][] times, int? dimension = null) => new()
    {
        Work = work, Provider = "sqlite", Durability = "normal", Count = count, Dimension = dimension, Unit = "ms", Value = Spread.Of(times[0]),
        Comparisons = [Alternation.Compare(times[0], "the same without a key", times[1])],
    };

    private static async Task MemorizeAsync(ScratchFolder folder, string provider, int run, int seed)
    {
        await using var store = BenchStore.Open(provider, folder.Sub($"memorize-{provider}-{run}"));
        await store.Service.OpenSpace(Scope).MemorizeAsync(Talk.Messages(seed, 0, Messages), "talk");
    }

    private static Task InsertAsync(BenchStore store, ClusteredVectors vectors, long number) => store.Store.CommitAsync(
        Scope, new() { Items = [BenchItems.Item(Scope, number)], Vectors = [BenchItems.Vector(vectors, number)] }, CancellationToken.None);

    private static async Task AskColdAsync(string folder, string provider, int run, int seed)
    {
        await using var store = BenchStore.Open(provider, folder);
        await AskAsync(store, run, seed);
    }

    private static Task AskAsync(BenchStore store, int run, int seed) => store.Service.OpenSpace(Scope).RetrieveAsync(Talk.Question(seed, run));

    private static async Task<StorePair> PairAsync(ScratchFolder folder, string work, Func<BenchStore, Task> fill)
    {
        var pair = new StorePair(
            BenchStore.Open(BenchStore.Encrypted, folder.Sub($"{work}-{BenchStore.Encrypted}")), BenchStore.Open("sqlite", folder.Sub($"{work}-sqlite")));
        await fill(pair.Encrypted);
        await fill(pair.Plain);
        return pair;
    }

    private static async Task<Row> RotateAsync(MeasureSettings settings, ScratchFolder folder)
    {
        await using var store = BenchStore.Open(BenchStore.Encrypted, folder.Sub("rotate"));
        for (var i = 0; i < Spaces; i++)
        {
            var scope = new MemoryScope($"user-{i}");
            await store.Store.CommitAsync(scope, new() { Resources = [new(BenchItems.Resource(scope))] }, CancellationToken.None);
        }

        var times = await Alternation.RunAsync(
            settings with { Rounds = 5 }, repeat: false, run => store.Operator.RotateKeysAsync(Enumerable.Repeat((byte)(run + 1), 32).ToArray()));
        return new Row
        {
            Work = "rotate", Provider = "sqlite", Spaces = Spaces, Unit = "ms", Value = Spread.Of(times[0]),
            Figures = new Dictionary<string, double> { ["ms_per_space"] = Spread.Of(times[0]).Median / Spaces },
        };
    }

    private sealed record StorePair(BenchStore Encrypted, BenchStore Plain) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Encrypted.DisposeAsync();
            await Plain.DisposeAsync();
        }
    }
}
