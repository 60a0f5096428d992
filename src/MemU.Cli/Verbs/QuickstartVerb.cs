using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Cli.Quickstart;
using MemU.Settings;

namespace MemU.Cli.Verbs;

internal static class QuickstartVerb
{
    public static Verb Create() => new Verb(
        "quickstart", "See what it does: remembers sample sources for two users, asks questions, and shows where things are.",
        "memu quickstart",
        "memu quickstart --data ./try-it",
        "memu quickstart --database memory        # leaves nothing behind")
    {
        Remarks =
            $"""
            Works offline unless a model is chosen with --provider or llm.provider: no key, no cost, no network.
            The samples go to the users alice and bob of the agent `{QuickstartRun.Agent}` in the data folder, apart from everything else in it.
            Run it as often as you like; the second time the samples are known and nothing is added.
            """,
    }.Does(async call =>
    {
        var assumedOffline = call.Assume("llm.provider", "offline", "quickstart");
        var users = await QuickstartRun.RunAsync(call);
        var files = Files(call.Settings);
        var next = Next(call, assumedOffline && call.Settings.Settings.Llm.ApiKey is not null);
        call.Output.Result(
            new QuickstartJson([.. users.Select(QuickstartUserJson.From)], files, next),
            _ => QuickstartView.Show(call, users, files, next));
    });

    private static IReadOnlyList<string> Files(LoadedSettings settings)
    {
        var (database, blobs) = (settings.Settings.Database, settings.Settings.Blob);

        // The vector file is made when this command ends; until then what it will hold is in its journal.
        var isThere = (string p) => Path.Exists(p) || (p == database.VectorDbPath && File.Exists(p + ".journal"));
        return [.. new[] { database.SqlitePath, database.VectorDbPath, blobs.ResourcesDir }.Where(isThere).Select(Path.GetFullPath)];
    }

    private static IReadOnlyList<string> Next(VerbCall call, bool sayOffline)
    {
        var settings = call.Settings;
        if (settings["database.provider"].Value is "memory")
        {
            return [$"{call.Surroundings.CommandName} quickstart"];
        }

        var data = settings["data"];
        var common = $"--agent {QuickstartRun.Agent}"
            + (data.Origin == "--data" ? $" --data {Shell.Quote(data.Value!)}" : "")
            + (sayOffline ? " --provider offline" : "");
        var memu = call.Surroundings.CommandName;
        return
        [
            $"{memu} retrieve \"Where does Alice work?\" --user alice {common}",
            $"{memu} list items --user bob {common}",
            $"{memu} show activities --user alice {common}",
            $"echo \"user: I keep bees on the roof.\" | {memu} memorize - --modality conversation --user alice {common}",
            $"{memu} --help",
        ];
    }
}
