using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Maintenance;

namespace MemU.Cli.Verbs;

internal static class ReindexVerb
{
    public static Verb Create()
    {
        var all = VerbOptions.Switch("--all", "Replace every vector that is not known to be this model's of exactly these words; what the model has embedded already is not sent again.");
        var anew = VerbOptions.Switch("--anew", "Send every text to the model again: for a model that changed and kept its name.");
        var allSpaces = VerbOptions.Switch("--all-spaces", "Every space of the data folder; so it is when no user, agent or tenant is named.");
        return new Verb(
            "reindex", "Mend the vectors: deliver owed ones, compute missing ones, remove left-over ones.",
            "memu reindex                         # every space",
            "memu reindex --user alice",
            "memu reindex --all --all-spaces      # after the embedding model was changed")
            .With(all, anew, allSpaces).Does(async call =>
            {
                var options = new ReindexOptions { All = call.Get(all), Anew = call.Get(anew) };
                var host = call.Host;
                var space = call.Space;
                var report = await ProgressBar.MaintainAsync(call.Output, p => call.Get(allSpaces) || !call.NamesSpace
                    ? host.Maintenance.ReindexAsync(options, p, call.Cancel)
                    : space.ReindexAsync(options, p, call.Cancel));
                call.Output.Result(ReindexJson.From(report), o => o.Line(
                    $"{Format.Number(report.Embedded)} computed, {Format.Number(report.Reused)} known from before, {Format.Number(report.Delivered)} delivered, {Format.Number(report.Removed)} removed, {Format.Number(report.Kept)} were right already."));
            });
    }
}
