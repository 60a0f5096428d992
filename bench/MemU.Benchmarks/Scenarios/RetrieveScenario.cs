using System.Diagnostics;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Storage;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Questions through the public API, without a model.</summary>
internal sealed class RetrieveScenario : IScenario
{
    private const int Batch = 5000;
    private const int Questions = 200;

    public string Name => "retrieve";

    public string Description => "retrieve without a model through the public API at 1,000 and 100,000 passages (of --sizes), p50 and p95";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers.Where(p => p != "json"))
        {
            foreach (var size in settings.Sizes.Where(s => s <= 100_000))
            {
                progress.Report($"retrieve: {provider}, {size} passages");
                yield return await RunAsync(settings, provider, size);
            }
        }
    }

    private static async Task<Row> RunAsync(MeasureSettings settings, string provider, int size)
    {
        using var folder = new ScratchFolder(settings);
        await using var store = BenchStore.Open(provider, folder.Path);
        var scope = new MemoryScope("bench");
        await FillAsync(store.Store, scope, settings.Seed, size);
        var space = store.Service.OpenSpace(scope);

        var start = Stopwatch.GetTimestamp();
        await space.RetrieveAsync(Talk.Question(settings.Seed, 0));
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        List<double> times = [];
        var clock = Stopwatch.StartNew();
        for (var q = 1; q < Questions && (q < 20 || clock.Elapsed.TotalSeconds < 3 * settings.Seconds); q++)
        {
            start = Stopwatch.GetTimestamp();
            var found = await space.RetrieveAsync(Talk.Question(settings.Seed, q));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (found.Evidence.Count == 0)
            {
                throw new InvalidOperationException("A retrieval found no evidence, so its time says nothing.");
            }
        }

        var spread = Spread.Of(times);
        return new Row
        {
            Work = "retrieve", Provider = provider, Count = size, Unit = "ms", Value = spread,
            Goals = size switch
            {
                1_000 => [Goal.AtMost("p95 ≤ 3 ms at 1,000 passages", spread.P95, 3)],
                100_000 => [Goal.AtMost("p95 ≤ 15 ms at 100,000 passages", spread.P95, 15)],
                _ => [],
            },
            Figures = new Dictionary<string, double> { ["p95_ms"] = spread.P95, ["first_ms"] = first, ["first_us_per_passage"] = first * 1000 / size },
        };
    }

    internal static async Task FillAsync(IMemoryStore store, MemoryScope scope, int seed, int size)
    {
        // Conversations of a hundred messages, written as memorize writes them, without its items.
        foreach (var batch in Enumerable.Range(0, size).Chunk(Batch))
        {
            var conversations = batch.Select(n => n / 100).Distinct().ToList();
            await store.CommitAsync(
                scope,
                new MemoryChanges
                {
                    Resources = [.. conversations.Select(c => new ResourceWrite(BenchItems.Resource(scope) with
                    {
                        Id = ConversationId(c), Url = $"messages:{c}", Modality = Modality.Conversation,
                    }))],
                    Passages = [.. batch.Select(n => new Passage
                    {
                        Scope = scope, Id = NumberedIds.Of(n), ResourceId = ConversationId(n / 100), Position = n % 100, Segment = n % 100 / 10, Start = n % 100 * 100,
                        Role = n % 2 == 1 ? "assistant" : "user", Text = Talk.Text(seed, n),
                    })],
                },
                CancellationToken.None);
        }
    }

    private static string ConversationId(int number) => NumberedIds.Of((1L << 36) + number);
}
