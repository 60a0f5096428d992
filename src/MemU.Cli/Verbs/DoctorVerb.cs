using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Maintenance;
using Spectre.Console;

namespace MemU.Cli.Verbs;

internal static class DoctorVerb
{
    public static Verb Create()
    {
        var erased = VerbOptions.Switch("--erased", "Search every byte of the files for what `memu delete --space` erased, instead of the usual checks.");
        return new Verb(
            "doctor", "Check the data of all spaces and say how to mend what is wrong. Changes nothing.",
            "memu doctor",
            "memu doctor --data /srv/memu --json",
            "memu doctor --erased")
        {
            Remarks = "The exit code is 1 when something is wrong.",
        }.With(erased).Does(async call =>
        {
            var maintenance = call.Host.Maintenance;
            var report = await ProgressBar.MaintainAsync(
                call.Output, p => call.Get(erased) ? maintenance.CheckErasedAsync(p, call.Cancel) : maintenance.CheckAsync(p, call.Cancel));
            call.Output.Result(DoctorJson.From(report), o => Show(o, report, call.Get(erased) ? "No trace." : "Healthy."));
            return report.IsHealthy ? ExitCodes.Done : ExitCodes.Failed;
        });
    }

    private static void Show(CliOutput output, DoctorReport report, string allIsWell)
    {
        foreach (var check in report.Checks)
        {
            output.Remark(SafeText.Line(check));
        }

        foreach (var finding in report.Findings)
        {
            output.Line($"{finding.Severity}: {SafeText.Line(finding.Message)} [{finding.Code}]", StyleOf(finding.Severity));
            output.Line($"  Mend: {SafeText.Line(finding.Remedy)}");
        }

        if (report.IsHealthy)
        {
            output.Line(allIsWell, Styles.Good);
        }
    }

    private static Style StyleOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => Styles.Error,
        FindingSeverity.Warning => Styles.Warning,
        _ => Style.Plain,
    };
}
