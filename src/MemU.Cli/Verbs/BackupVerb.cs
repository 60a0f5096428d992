using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Server;

namespace MemU.Cli.Verbs;

internal static class BackupVerb
{
    public static Verb Create()
    {
        var to = VerbOptions.Text("--to", "DIR", "Where to put the backup: a new folder named after the time is made in it.");
        to.Required = true;
        return new Verb(
            "backup", "Copy everything, consistently, while others read and write.",
            "memu backup --to ./backups",
            "memu backup --data /srv/memu --to /mnt/backups --json")
            .With(to).Does(async call =>
            {
                var maintenance = call.Host.Maintenance;
                var jobs = await MemUServer.CountOpenJobsAsync(call.Settings.Settings, call.Cancel);
                var report = await ProgressBar.MaintainAsync(call.Output, p => maintenance.BackUpAsync(NamedPath.Of(call.Get(to)!, "--to"), p, call.Cancel));
                if (jobs > 0)
                {
                    report = report with { Warnings = [.. report.Warnings, $"{Format.Count(jobs, "job")} of the server were accepted and not finished. They are not in the backup."] };
                    call.Output.Warning(report.Warnings[^1]);
                }

                call.Output.Result(BackupJson.From(report), o =>
                {
                    o.Line($"Backed up {Format.Count(report.Spaces, "space")}: {Format.Count(report.Files, "file")}, {Format.Bytes(report.Bytes)}");
                    o.Line(SafeText.Line(report.Folder));
                    o.Remark($"To bring it back: {call.Surroundings.CommandName} restore {Shell.Quote(report.Folder)} --yes");
                });
            });
    }
}
