using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;

namespace MemU.Cli.Verbs;

internal static class ImportVerb
{
    public static Verb Create()
    {
        var file = VerbOptions.Required("FILE", "A file that `memu export` wrote, or - for the standard input.");
        return new Verb(
            "import", "Read an export into a space; what is there already stays.",
            "memu import alice.jsonl --user alice",
            "gunzip -c alice.jsonl.gz | memu import - --user alice")
            .With(file).Does(async call =>
            {
                var path = NamedPath.Of(call.Get(file)!, "FILE");
                var space = call.Space;
                await using var source = path == "-" ? call.Surroundings.Input : Open(path);
                var report = await ProgressBar.MaintainAsync(call.Output, p => space.ImportAsync(source, p, call.Cancel));
                call.Output.Result(TransferJson.From(report), o =>
                {
                    o.Line($"Imported {ExportVerb.Records(report)}{(report.Unchanged > 0 ? $"; {Format.Count(report.Unchanged, "record")} were there already" : "")}.");
                    ExportVerb.Warn(o, report);
                });
            });
    }

    private static FileStream Open(string path) =>
        File.Exists(path) ? File.OpenRead(path) : throw new FileNotFoundException($"The file '{path}' does not exist.");
}
