using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Maintenance;
using Spectre.Console;

namespace MemU.Cli.Verbs;

internal static class DoctorVerb
{
    public static Verb Create() => new Verb(
        "doctor", "Check the data of all spaces and say how to mend what is wrong. Changes nothing.",
        "memu doctor",
        "memu doctor --data /srv/memu --json")
    {
        Remarks = "The exit code is 1 when something is wrong.",
    }.Does(async call =>
    {
        var maintenance = call.Host.Maintenance;
        var report = await ProgressBar.MaintainAsync(call.Output, p => maintenance.CheckAsync(p, call.Cancel));
        call.Output.Result(DoctorJson.From(report), o => Show(o, report));
        return report.IsHealthy ? ExitCodes.Done : ExitCodes.Failed;
    });

    private static void Show(CliOutput output, DoctorReport report)
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
            output.Line("Healthy.", Styles.Good);
        }
    }

    private static Style StyleOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => Styles.Error,
        FindingSeverity.Warning => Styles.Warning,
        _ => Style.Plain,
    };
}
