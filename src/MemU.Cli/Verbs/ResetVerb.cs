using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Maintenance;
using MemU.Server;

namespace MemU.Cli.Verbs;

internal static class ResetVerb
{
    public static Verb Create()
    {
        var yes = VerbOptions.Switch("--yes", "Really remove everything.");
        return new Verb(
            "reset", "Remove all memories of all users in the data folder.",
            "memu reset           # only says what would be removed",
            "memu reset --yes",
            "memu reset --data ./elsewhere --yes --json")
        {
            Remarks = "Without --yes nothing is removed and the exit code is 2. There is no way back but a backup (memu backup --to DIR).",
        }.With(yes).Does(call => call.Get(yes) ? ResetAsync(call) : PlanAsync(call));
    }

    private static async Task ResetAsync(VerbCall call)
    {
        var maintenance = call.Host.Maintenance;

        // What a server accepted and has not memorized yet would fill the empty folder again.
        await MemUServer.ForgetJobsAsync(call.Settings.Settings, call.Cancel);
        var removed = await ProgressBar.MaintainAsync(call.Output, p => maintenance.ResetAsync(p, call.Cancel));
        call.Output.Result(ResetJson.From(removed), o => Show(o, "Removed", removed));
    }

    private static async Task PlanAsync(VerbCall call)
    {
        var plan = await call.Host.Maintenance.PlanResetAsync(call.Cancel);
        if (!call.Output.Json)
        {
            Show(call.Output, "Would remove", plan);
        }

        throw new ConfirmationException(
            $"Nothing was removed. Add --yes to remove {What(plan)} in {string.Join(", ", plan.Locations)}.".Replace(" in .", ".", StringComparison.Ordinal));
    }

    private static void Show(CliOutput output, string verb, ResetPlan plan)
    {
        output.Line($"{verb} {What(plan)}:");
        foreach (var location in plan.Locations)
        {
            output.Line("  " + SafeText.Line(location));
        }
    }

    private static string What(ResetPlan plan) => plan is { Spaces: { } spaces, Resources: { } resources, Items: { } items }
        ? $"{Format.Count(spaces, "space")} with {Format.Count(resources, "resource")} and {Format.Count(items, "memory", "memories")}"
        : "everything (the data cannot be read, so it cannot be counted)";
}
