using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;

namespace MemU.Cli.Verbs;

internal static class MigrateVerb
{
    public static Verb Create() => new Verb(
        "migrate", "Bring the data to this version; a copy of what is upgraded is kept beside it.",
        "memu migrate",
        "memu migrate --data /srv/memu --json")
    {
        Remarks = "Every other verb does this by itself when it is needed; run it to do it at a time of your own, or to make an empty database.",
    }.Does(async call =>
    {
        var maintenance = call.Host.Maintenance;
        var steps = await ProgressBar.MaintainAsync(call.Output, p => maintenance.MigrateAsync(p, call.Cancel));
        call.Output.Result(new MigrationJson(steps), o =>
        {
            o.Line(steps.Count == 0 ? "Up to date; nothing to do." : $"Applied {Format.Count(steps.Count, "step")}:");
            foreach (var step in steps)
            {
                o.Line("  " + SafeText.Line(step));
            }
        });
    });
}
