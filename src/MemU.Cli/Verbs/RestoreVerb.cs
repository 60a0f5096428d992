using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;

namespace MemU.Cli.Verbs;

internal static class RestoreVerb
{
    public static Verb Create()
    {
        var folder = VerbOptions.Required("DIR", "A backup: one of the folders that `memu backup` made.");
        var yes = VerbOptions.Switch("--yes", "Replace the data that is there.");
        return new Verb(
            "restore", "Verify a backup and bring it back.",
            "memu restore ./backups/memu-20260503-140211 --data ./elsewhere",
            "memu restore ./backups/memu-20260503-140211 --yes      # replaces the data that is there")
        {
            Remarks = "Without --yes it replaces no data, and where there is some the exit code is 2. A damaged backup is refused before anything is touched.",
        }.With(folder, yes).Does(async call =>
        {
            var maintenance = call.Host.Maintenance;
            var report = await ProgressBar.MaintainAsync(
                call.Output, p => maintenance.RestoreAsync(NamedPath.Of(call.Get(folder)!, "DIR"), call.Get(yes), p, call.Cancel));
            foreach (var warning in report.Warnings)
            {
                call.Output.Warning(SafeText.Line(warning));
            }

            call.Output.Result(BackupJson.From(report), o => o.Line(
                $"Restored {Format.Count(report.Spaces, "space")} of {Format.Time(report.CreatedAt)} UTC: {Format.Count(report.Files, "file")}, {Format.Bytes(report.Bytes)}"));
        });
    }
}
