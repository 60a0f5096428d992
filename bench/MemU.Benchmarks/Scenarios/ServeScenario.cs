using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using MemU.Benchmarks.Data;
using MemU.Benchmarks.Measure;
using MemU.Server;
using MemU.Server.Auth;
using MemU.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Benchmarks.Scenarios;

/// <summary>Questions over REST, on loopback and with a key, against the same questions to the library in the same process.</summary>
internal sealed class ServeScenario : IScenario
{
    private const int Callers = 16;
    private const int Most = 10_000;

    public string Name => "serve";

    public string Description => "retrieve over REST with a key against the library call at 1,000 and 10,000 passages (of --sizes), and how many a second";

    public async IAsyncEnumerable<Row> RunAsync(MeasureSettings settings, IProgress<string> progress)
    {
        foreach (var size in settings.Sizes.Where(s => s <= Most))
        {
            progress.Report($"serve: {size} passages");
            using var folder = new ScratchFolder(settings);
            await using (var store = BenchStore.Open("sqlite", folder.Path))
            {
                await RetrieveScenario.FillAsync(store.Store, new MemoryScope("bench"), settings.Seed, size);
            }

            await using var app = MemUServer.Build(SettingsOf(folder.Path), new ServeOptions());
            await app.StartAsync();
            using var client = await ClientAsync(app);
            yield return await CompareAsync(settings, app, client, size);
            yield return await LoadAsync(settings, client, size);
            await app.StopAsync();
        }
    }

    private static async Task<Row> CompareAsync(MeasureSettings settings, WebApplication app, HttpClient client, int size)
    {
        var space = app.Services.GetRequiredService<MemoryService>().OpenSpace("bench");
        var times = await Alternation.RunAsync(
            settings, repeat: false,
            run => space.RetrieveAsync(Talk.Question(settings.Seed, run)),
            run => AskAsync(client, Talk.Question(settings.Seed, run)));
        var added = Spread.Of([.. times[1].Zip(times[0], (rest, library) => rest - library)]);
        return new Row
        {
            Work = "retrieve over REST", Provider = "sqlite", Count = size, Unit = "ms", Value = Spread.Of(times[1]),
            Comparisons = [Alternation.Compare(times[1], "the library call", times[0])],
            Goals = size == Most ? [Goal.AtMost("adds ≤ 1 ms p50 at 10,000", added.Median, 1)] : [],
            Figures = new Dictionary<string, double> { ["added_ms"] = added.Median },
        };
    }

    private static async Task<Row> LoadAsync(MeasureSettings settings, HttpClient client, int size)
    {
        var clock = Stopwatch.StartNew();
        var answered = await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (; clock.Elapsed.TotalSeconds < settings.Seconds; count++)
            {
                await AskAsync(client, Talk.Question(settings.Seed, (caller * 10_000) + count));
            }

            return count;
        })));
        var rate = answered.Sum() / clock.Elapsed.TotalSeconds;
        return new Row
        {
            Work = $"retrieves of {Callers} callers", Provider = "sqlite", Count = size, Unit = "per s", Value = Spread.Of(rate),
            Goals = size == 1_000 ? [Goal.AtLeast("≥ 1,000 a second at 1,000", rate, 1_000)] : [],
            Note = "the callers run in the same process and share its processors",
        };
    }

    private static async Task AskAsync(HttpClient client, string question)
    {
        using var answer = await client.PostAsJsonAsync("/v1/retrieve", new { query = question });
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<HttpClient> ClientAsync(WebApplication app)
    {
        var issued = await app.Services.GetRequiredService<ApiKeyStore>().CreateAsync(new NewApiKey("bench", MemoryScope.DefaultId, "bench", null, KeyRights.Read, null));
        var client = new HttpClient { BaseAddress = new Uri(MemUServer.AddressesOf(app).Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Secret);
        return client;
    }

    private static MemUSettings SettingsOf(string folder)
    {
        var settings = SettingsLoader.Load(new SettingsRequest
        {
            Defaults = [new("database.provider", "sqlite", "bench"), new("data", folder, "bench"), new("database.vector_db_path", "sqlite", "bench")],
        }).Settings;
        (settings.Server.Urls, settings.Server.RequestsPerMinute) = ("http://127.0.0.1:0", 0);
        return settings;
    }
}
