using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Storage;

namespace MemU.Cli.Verbs;

internal static class StatsVerb
{
    public static Verb Create()
    {
        var allSpaces = VerbOptions.Switch("--all-spaces", "Every space of the data folder, not only the one of --user and --agent.");
        return new Verb(
            "stats", "Count what is remembered: by type, kind, category and day.",
            "memu stats --user alice",
            "memu stats --all-spaces --json")
            .With(allSpaces).Does(call => call.Get(allSpaces) ? AllAsync(call) : OneAsync(call));
    }

    private static async Task OneAsync(VerbCall call)
    {
        var statistics = await call.Space.GetStatisticsAsync(call.Cancel);
        call.Output.Result(StatisticsJson.From(statistics), o => Show(o, statistics));
    }

    private static async Task AllAsync(VerbCall call)
    {
        var all = new List<SpaceStatistics>();
        await foreach (var statistics in call.Host.Maintenance.GetStatisticsAsync(call.Cancel))
        {
            all.Add(statistics);
        }

        call.Output.Result(new StatisticsListJson([.. all.Select(StatisticsJson.From)]), o => PageView.Show(
            o, new Page<SpaceStatistics>(all, null), new Rows("TENANT", "RESOURCES", "PASSAGES", "MEMORIES", "SIZE", "AGENT", "USER"),
            s =>
            [
                s.Scope.Tenant, Format.Number(s.Resources), Format.Number(s.Passages), Format.Number(s.Items), Format.Bytes(s.ResourceBytes),
                s.Scope.Agent, s.Scope.User,
            ]));
    }

    internal static void Show(CliOutput output, SpaceStatistics s)
    {
        output.Line($"Memory of {SafeText.Line(s.Scope.ToString())}", Styles.Heading);
        new Fields()
            .Add("resources", $"{Format.Number(s.Resources)} ({Format.Bytes(s.ResourceBytes)}){By(s.ResourcesByModality)}")
            .Add("passages", Format.Number(s.Passages))
            .Add("memories", $"{Format.Number(s.Items)}{By(s.ItemsByType)}")
            .Add("categories", $"{Format.Number(s.Categories)}{By(s.ItemsByCategory.Where(c => c.Value > 0))}")
            .Add("history", s.History > 0 ? Format.Number(s.History) : null)
            .Add("days", string.Join(", ", s.ItemsByDay.OrderBy(d => d.Key, StringComparer.Ordinal).TakeLast(7).Select(d => $"{d.Key}: {d.Value}")))
            .Add("owed", s.OwedVectors > 0 ? $"{Format.Count(s.OwedVectors, "vector")}: run memu reindex" : null)
            .ShowOn(output);
    }

    private static string By(IEnumerable<KeyValuePair<string, long>> counts)
    {
        var parts = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key} {c.Value}").ToList();
        return parts.Count == 0 ? "" : ": " + string.Join(", ", parts);
    }
}
