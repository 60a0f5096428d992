using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Maintenance;

namespace MemU.Cli.Verbs;

internal static class ExportVerb
{
    public static Verb Create()
    {
        var to = VerbOptions.Text("--to", "FILE", "The file to write (JSON Lines), or - for the standard output. An old one is replaced when the new one is complete.");
        to.Required = true;
        var noVectors = VerbOptions.Switch("--no-vectors", "Leave the vectors out; an import computes them again.");
        var noContent = VerbOptions.Switch("--no-content", "Leave the bytes of the sources out.");
        return new Verb(
            "export", "Write everything that one space holds as JSON Lines.",
            "memu export --to alice.jsonl --user alice",
            "memu export --to - --user alice --no-vectors --no-content | gzip > alice.jsonl.gz")
        {
            Remarks = "The file is plain text, also when the data folder is encrypted.",
        }.With(to, noVectors, noContent).Does(async call =>
            {
                var file = NamedPath.Of(call.Get(to)!, "--to");
                var options = new ExportOptions { Vectors = !call.Get(noVectors), Content = !call.Get(noContent) };
                if (file == "-")
                {
                    await ToOutputAsync(call, options);
                }
                else
                {
                    await ToFileAsync(call, file, options);
                }
            });
    }

    private static async Task ToOutputAsync(VerbCall call, ExportOptions options)
    {
        if (call.Output.Json)
        {
            throw new ArgumentException("--to - and --json both want the standard output; name a file, or leave --json out.");
        }

        var report = await call.Space.ExportAsync(call.Surroundings.Output, options, progress: null, call.Cancel);
        call.Output.Message($"Exported {Records(report)}.");
        Warn(call.Output, report);
    }

    private static async Task ToFileAsync(VerbCall call, string file, ExportOptions options)
    {
        var space = call.Space;
        var report = await ReplacedFile.WriteAsync(
            file, stream => ProgressBar.MaintainAsync(call.Output, p => space.ExportAsync(stream, options, p, call.Cancel)));
        call.Output.Result(TransferJson.From(report), o =>
        {
            o.Line($"Exported {Records(report)} to {SafeText.Line(file)}");
            Warn(o, report);
        });
    }

    internal static string Records(TransferReport report) =>
        report.Records.Values.Sum() == 0
            ? "nothing"
            : string.Join(", ", report.Records.Where(r => r.Value > 0).Select(r => Format.Count(r.Value, r.Key, Many(r.Key))));

    internal static void Warn(CliOutput output, TransferReport report)
    {
        foreach (var warning in report.Warnings)
        {
            output.Warning(warning);
        }
    }

    private static string Many(string word) => word switch
    {
        "category" => "categories",
        "history" => "history entries",
        _ => word + "s",
    };
}
