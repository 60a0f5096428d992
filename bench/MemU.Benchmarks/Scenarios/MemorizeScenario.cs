using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;

namespace MemU.Benchmarks.Scenarios;

/// <summary>A long conversation through the public API, without a model.</summary>
internal sealed class MemorizeScenario : IScenario
{
    private const int Messages = 1000;

    public string Name => "memorize";

    public string Description => "memorize a conversation of 1,000 messages without a model, through the public API";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var provider in settings.Providers)
        {
            progress.Report($"memorize: {provider}");
            using var folder = new ScratchFolder(settings);
            var items = 0;
            var times = await Alternation.RunAsync(settings, repeat: false, async run =>
            {
                await using var store = BenchStore.Open(provider, folder.Sub($"{run}"));
                var result = await store.Service.OpenSpace("bench").MemorizeAsync(Talk.Messages(settings.Seed, 0, Messages), "talk");
                items = result.Items.Count;
            });
            yield return new Row
            {
                Work = "memorize", Provider = provider, Durability = provider == "memory" ? null : "normal", Count = Messages, Unit = "ms", Value = Spread.Of(times[0]),
                Figures = new Dictionary<string, double> { ["messages_per_s"] = Messages * 1000 / Spread.Of(times[0]).Median, ["items"] = items },
            };
        }
    }
}
