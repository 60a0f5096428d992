using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Retrieve;

namespace MemU.Cli.Verbs;

/// <summary>Shows to people what was found: the words first, then what was drawn from them.</summary>
internal static class RetrieveView
{
    private const int LongestQuote = 600;
    private const int LongestSummary = 300;

    public static async Task ShowAsync(VerbCall call, RetrieveResult result, bool withTrace)
    {
        var output = call.Output;
        if (result.RewrittenQuery != result.OriginalQuery)
        {
            output.Remark($"Understood as: {SafeText.Line(result.RewrittenQuery)}");
        }

        if (!result.NeedsRetrieval)
        {
            output.Line("No memory is needed to answer this.");
        }
        else if (result.Evidence.Count + result.Items.Count + result.Categories.Count + result.Resources.Count == 0)
        {
            output.Line($"Nothing found in the memory of {SafeText.Line(call.Space.Scope.ToString())}.");
        }

        await ShowEvidenceAsync(call, result);
        Show(output, "Memories", result.Items, i => $"{i.Summary} ({i.MemoryType}{(Format.When(i.HappenedAt) is { } t ? ", " + t : "")})");
        Show(output, "Categories", result.Categories, c => $"{c.Name}: {(string.IsNullOrEmpty(c.Summary) ? c.Description : c.Summary)}");
        Show(output, "Resources", result.Resources, r => $"{r.Url}{(r.Caption is null ? "" : " · " + r.Caption)}");
        if (result.NextStepQuery is { } next && next != result.RewrittenQuery)
        {
            output.Remark($"To go on, ask: {SafeText.Line(next)}");
        }

        if (result.Explanation is { } explanation)
        {
            ExplanationView.Show(output, result, explanation);
        }

        if (withTrace)
        {
            ShowTrace(output, result);
        }

        foreach (var warning in result.Warnings)
        {
            output.Warning(warning);
        }
    }

    private static async Task ShowEvidenceAsync(VerbCall call, RetrieveResult result)
    {
        if (result.Evidence.Count == 0)
        {
            return;
        }

        var output = call.Output;
        output.Line("Evidence", Styles.Heading);
        var hits = new Hits();
        var sources = new Dictionary<string, string>();
        foreach (var hit in result.Evidence)
        {
            var passage = hit.Value;
            if (!sources.TryGetValue(passage.ResourceId, out var source))
            {
                source = (await call.Space.GetResourceAsync(passage.ResourceId, call.Cancel))?.Url ?? passage.ResourceId;
                sources[passage.ResourceId] = source;
            }

            string?[] about = [passage.Role, Format.When(passage.HappenedAt), $"{ShortName(source)} #{passage.Position + 1}"];
            hits.Add(hit.Score, SafeText.Line(passage.Text, LongestQuote), string.Join(" · ", about.Where(a => !string.IsNullOrEmpty(a))));
        }

        hits.ShowOn(output);
    }

    private static void Show<T>(CliOutput output, string heading, IReadOnlyList<Scored<T>> found, Func<T, string> text)
    {
        if (found.Count == 0)
        {
            return;
        }

        output.Line();
        output.Line(heading, Styles.Heading);
        var hits = new Hits();
        foreach (var hit in found)
        {
            hits.Add(hit.Score, SafeText.Line(text(hit.Value), LongestSummary));
        }

        hits.ShowOn(output);
    }

    private static void ShowTrace(CliOutput output, RetrieveResult result)
    {
        output.Line();
        output.Line($"Trace ({result.Engine}, {Format.Count(result.Usage.Calls, "model call")})", Styles.Heading);
        var rows = new Rows("STEP", "DECISION", "WHY");
        foreach (var step in result.Trace)
        {
            rows.Add(step.Step, step.Decision, step.Detail);
        }

        rows.ShowOn(output);
    }

    // The last part of a path or URL tells people enough.
    private static string ShortName(string url) => url.TrimEnd('/', '\\').Split('/', '\\')[^1] is { Length: > 0 } name ? name : url;
}
