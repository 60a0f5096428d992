using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Memorize;
using MemU.Retrieve;

namespace MemU.Cli.Quickstart;

/// <summary>Memorizes the samples, asks, and asks each user about the other.</summary>
internal static class QuickstartRun
{
    /// <summary>The agent of the sample spaces: no memory of a real user is ever among them.</summary>
    public const string Agent = "quickstart";

    private static readonly RetrieveOptions few = new() { TopK = 3, EvidenceTopK = 2 };

    public static Task<IReadOnlyList<QuickstartUser>> RunAsync(VerbCall call) =>
        ProgressBar.MemorizeAsync(call.Output, async progress =>
        {
            var users = new List<QuickstartUser>();
            foreach (var sample in SampleUser.All)
            {
                users.Add(await RunAsync(call, sample, progress));
            }

            return (IReadOnlyList<QuickstartUser>)users;
        });

    private static async Task<QuickstartUser> RunAsync(VerbCall call, SampleUser sample, IProgress<MemorizeProgress>? progress)
    {
        var space = call.Host.OpenSpace(sample.Id, Agent, call.Settings.Settings.TenantId);
        var memorized = new List<MemorizeResult>();
        foreach (var (file, modality) in sample.Sources)
        {
            memorized.Add(await space.MemorizeAsync(SampleUser.Open(file), modality, progress: progress, cancellationToken: call.Cancel));
        }

        var answers = new List<RetrieveResult>();
        foreach (var question in sample.Questions)
        {
            answers.Add(await space.RetrieveAsync(question, few, call.Cancel));
        }

        var other = SampleUser.All.Single(s => s != sample);
        var categories = await space.ListCategoriesAsync(new PageRequest { Limit = PageRequest.MaxLimit }, call.Cancel);
        return new QuickstartUser(
            space, memorized, answers, await space.RetrieveAsync(other.Questions[0], RetrieveOptions.Fast with { TopK = 1000 }, call.Cancel),
            categories.Items, await space.GetStatisticsAsync(call.Cancel));
    }
}
