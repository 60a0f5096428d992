using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MemU.Benchmarks.Scenarios;

namespace MemU.Benchmarks.Measure;

/// <summary>The command <c>measure</c>.</summary>
internal static class MeasureCommand
{
    private static readonly string[] KnownProviders = ["memory", "sqlite", "json"];

    private static readonly IScenario[] Scenarios =
    [
        new InsertScenario(), new BulkScenario(), new OpenScenario(), new LoadScenario(), new QueryScenario(), new ThreadsScenario(), new FaissScenario(), new SpacesScenario(),
        new ResidentScenario(), new FilesScenario(), new MemorizeScenario(), new RetrieveScenario(), new EncryptionScenario(), new ServeScenario(),
    ];

    /// <summary>Measures; 0 done (met or not), 1 failed, 2 wrong use.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var names = new Argument<string[]>("scenario") { Arity = ArgumentArity.ZeroOrMore };
        Option<string> sizes = new("--sizes"), dimensions = new("--dimensions"), providers = new("--providers"), folder = new("--folder"), start = new("--start");
        Option<int> rounds = new("--rounds"), seed = new("--seed");
        var seconds = new Option<double>("--seconds");
        var json = new Option<bool>("--json");
        var help = new Option<bool>("--help", "-h", "-?");
        var command = new Command("measure") { names, sizes, dimensions, providers, folder, start, rounds, seed, seconds, json, help };
        var parse = command.Parse(args);
        if (parse.GetValue(help))
        {
            await Console.Out.WriteLineAsync(MeasureHelp.Measure(Scenarios));
            return 0;
        }

        var defaults = new MeasureSettings();
        try
        {
            if (parse.Errors.Count > 0)
            {
                throw new FormatException(parse.Errors[0].Message);
            }

            var settings = defaults with
            {
                Sizes = Numbers(parse.GetValue(sizes), "--sizes") ?? defaults.Sizes,
                Dimensions = Numbers(parse.GetValue(dimensions), "--dimensions") ?? defaults.Dimensions,
                Providers = Providers(parse.GetValue(providers)) ?? defaults.Providers,
                JsonLimit = parse.GetValue(providers) is null ? defaults.JsonLimit : int.MaxValue,
                Rounds = parse.GetResult(rounds) is null or { Implicit: true } ? defaults.Rounds : Math.Max(1, parse.GetValue(rounds)),
                Seconds = parse.GetResult(seconds) is null or { Implicit: true } ? defaults.Seconds : parse.GetValue(seconds),
                Seed = parse.GetResult(seed) is null or { Implicit: true } ? defaults.Seed : parse.GetValue(seed),
                Start = parse.GetValue(start) is { } program ? Path.GetFullPath(program) : null,
                Folder = Path.GetFullPath(Path.Combine(parse.GetValue(folder) ?? Path.GetTempPath(), $"memu-measure-{Environment.ProcessId}")),
            };
            return await MeasureAsync(Chosen(parse.GetValue(names) ?? []), settings, parse.GetValue(json));
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message} `measure --help` lists what there is.");
            return 2;
        }
    }

    private static async Task<int> MeasureAsync(IReadOnlyList<IScenario> scenarios, MeasureSettings settings, bool json)
    {
        var machine = MachineFacts.Read();
        var progress = new StderrProgress();
        Directory.CreateDirectory(settings.Folder);
        try
        {
            foreach (var scenario in scenarios)
            {
                var (start, clock, rows) = (TimeProvider.System.GetUtcNow(), Stopwatch.StartNew(), new List<Row>());
                if (scenario.Missing is null)
                {
                    await foreach (var row in scenario.RunAsync(settings, progress))
                    {
                        rows.Add(row);
                    }
                }

                var goals = rows.SelectMany(r => r.AllGoals).ToLookup(g => g.Met);
                var report = new ScenarioReport(
                    scenario.Name, scenario.Description, start, clock.Elapsed.TotalSeconds, machine, settings, rows, goals[true].Count(), goals[false].Count(),
                    scenario.Missing);
                progress.Clear();
                await Console.Out.WriteLineAsync(json ? report.ToJson() : HumanTable.Of(report));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(settings.Folder, recursive: true);
        }
    }

    private static IReadOnlyList<IScenario> Chosen(string[] names) => names.Length == 0
        ? Scenarios
        : [.. names.Select(n => Scenarios.FirstOrDefault(s => s.Name == n) ?? throw new FormatException($"There is no scenario '{n}'."))];

    private static string[]? Providers(string? text) =>
        text?.Split(',').Select(p => KnownProviders.Contains(p) ? p : throw new FormatException($"There is no provider '{p}'.")).ToArray();

    private static int[]? Numbers(string? text, string option) => text?.Split(',').Select(t =>
    {
        var factor = char.ToLowerInvariant(t.LastOrDefault()) switch { 'k' => 1_000, 'm' => 1_000_000, _ => 1 };
        return int.TryParse(factor == 1 ? t : t[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 && (long)n * factor <= int.MaxValue
            ? n * factor
            : throw new FormatException($"{option} takes numbers such as 384 or 10k, divided by commas, not '{t}'.");
    }).ToArray();
}
