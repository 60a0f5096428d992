using System.Text;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// Makes a block for a prompt of what was found, within a budget of tokens: what is known of the person and topic pages first, because they change
/// least from question to question, then as much of the best evidence as fits, in the order of time, with dates and sources; of long
/// passages the part that answers. Thread-safe.
/// </summary>
internal sealed class ContextPacker(IMemoryStore store)
{
    // Pages sum up; the evidence is what they can be checked by, and gets the larger part.
    private const double PagesShare = 0.4;

    private const string PersonHeading = "## About the person\n";
    private const string EvidenceHeading = "## What was said\n";

    public async Task<PackedContext> PackAsync(Retrieval run, SpaceTextIndex space, int budget, CancellationToken cancellationToken)
    {
        var sources = (await store.GetResourcesAsync(run.Scope, [.. run.Evidence.Select(e => e.Value.ResourceId).Distinct()], cancellationToken))
            .ToDictionary(r => r.Id, NameOf, StringComparer.Ordinal);
        var text = new StringBuilder();
        var left = budget - AddPages(run, (int)(budget * PagesShare), text);
        left -= AddEvidence(run, space, sources, left, text);
        return new PackedContext(text.ToString(), budget - left);
    }

    /// <summary>Adds the person and the topic pages; returns the tokens used.</summary>
    private static int AddPages(Retrieval run, int budget, StringBuilder text)
    {
        var left = budget;
        var person = run.Items.Select(i => i.Value).Where(i => i.MemoryType == MemoryTypes.Profile).OrderBy(i => i.Id, StringComparer.Ordinal);
        left -= AddLines(PersonHeading, person.Select(i => $"- {SingleLine.Of(i.Summary)}\n"), left, text);
        foreach (var category in run.Categories.Select(c => c.Value).Where(c => !string.IsNullOrWhiteSpace(c.Summary)))
        {
            var lines = category.Summary!.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            left -= AddLines($"## {SingleLine.Of(category.Name)}\n", lines.Select(l => SingleLine.Of(l)).Where(l => l.Length > 0 && !l.StartsWith('#')).Select(l => $"{l}\n"), left, text);
        }

        return budget - left;
    }

    /// <summary>Adds the best passages that fit; returns the tokens used.</summary>
    private static int AddEvidence(Retrieval run, SpaceTextIndex space, Dictionary<string, string> sources, int budget, StringBuilder text)
    {
        var heading = TokenCount.Of(EvidenceHeading);
        var lines = new EvidenceLines(AskedTerms.Of(run, space), sources, budget - heading);
        lines.Fill(run.Evidence.Select(e => e.Value));
        if (lines.Used == 0)
        {
            return 0;
        }

        text.Append(EvidenceHeading).AppendJoin("", lines.InOrderOfTime());
        return heading + lines.Used;
    }

    /// <summary>Adds a heading and the lines that fit, if any does; returns the tokens used.</summary>
    private static int AddLines(string heading, IEnumerable<string> lines, int budget, StringBuilder text)
    {
        var used = TokenCount.Of(heading);
        var kept = new List<string>();
        foreach (var line in lines)
        {
            if (used + TokenCount.Of(line) is var sum && sum <= budget)
            {
                kept.Add(line);
                used = sum;
            }
        }

        if (kept.Count == 0)
        {
            return 0;
        }

        text.Append(heading).AppendJoin("", kept);
        return used;
    }

    /// <summary>The last part of a path or address; sources without a name have none.</summary>
    private static string NameOf(Resource resource) => SingleLine.Of(SpaceTextReader.NameOf(resource.Url) is { Length: > 0 } name ? name : resource.Caption ?? "");
}
