using System.Globalization;
using System.Text;
using MemU.Storage;

namespace MemU.Retrieve;

/// <summary>
/// Makes a block for a prompt of what was found, within a budget of tokens: what is known of the person and topic pages first, because they change
/// least from question to question, then as much of the best evidence as fits, in the order of time, with dates and sources. Thread-safe.
/// </summary>
internal sealed class ContextPacker(IMemoryStore store)
{
    // Pages sum up; the evidence is what they can be checked by, and gets the larger part.
    private const double PagesShare = 0.4;

    private const string PersonHeading = "## About the person\n";
    private const string EvidenceHeading = "## What was said\n";

    public async Task<PackedContext> PackAsync(Retrieval run, int budget, CancellationToken cancellationToken)
    {
        var sources = (await store.GetResourcesAsync(run.Scope, [.. run.Evidence.Select(e => e.Value.ResourceId).Distinct()], cancellationToken))
            .ToDictionary(r => r.Id, NameOf, StringComparer.Ordinal);
        var text = new StringBuilder();
        var left = budget - AddPages(run, (int)(budget * PagesShare), text);
        left -= AddEvidence(run, sources, left, text);
        return new PackedContext(text.ToString(), budget - left);
    }

    /// <summary>Adds the person and the topic pages; returns the tokens used.</summary>
    private static int AddPages(Retrieval run, int budget, StringBuilder text)
    {
        var left = budget;
        var person = run.Items.Select(i => i.Value).Where(i => i.MemoryType == MemoryTypes.Profile).OrderBy(i => i.Id, StringComparer.Ordinal);
        left -= AddLines(PersonHeading, person.Select(i => $"- {Line(i.Summary)}\n"), left, text);
        foreach (var category in run.Categories.Select(c => c.Value).Where(c => !string.IsNullOrWhiteSpace(c.Summary)))
        {
            var lines = category.Summary!.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            left -= AddLines($"## {Line(category.Name)}\n", lines.Where(l => !l.StartsWith('#')).Select(l => $"{l}\n"), left, text);
        }

        return budget - left;
    }

    /// <summary>Adds the best passages that fit, in the order of time; returns the tokens used.</summary>
    private static int AddEvidence(Retrieval run, Dictionary<string, string> sources, int budget, StringBuilder text)
    {
        var left = budget - TokenCount.Of(EvidenceHeading);
        var chosen = new List<(Passage Passage, string Line)>();
        foreach (var (passage, _) in run.Evidence)
        {
            var line = $"- {About(passage, sources)}{Line(passage.Text)}\n";
            var tokens = TokenCount.Of(line);
            if (tokens <= left)
            {
                chosen.Add((passage, line));
                left -= tokens;
            }
        }

        if (chosen.Count == 0)
        {
            return 0;
        }

        text.Append(EvidenceHeading);
        foreach (var (_, line) in chosen
            .OrderBy(c => c.Passage.HappenedAt ?? DateTimeOffset.MinValue)
            .ThenBy(c => c.Passage.ResourceId, StringComparer.Ordinal)
            .ThenBy(c => c.Passage.Position))
        {
            text.Append(line);
        }

        return budget - left;
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

    /// <summary>When, who and where: <c>2026-03-01 12:00, Alice (monday.json): </c>.</summary>
    private static string About(Passage passage, Dictionary<string, string> sources)
    {
        var time = passage.HappenedAt?.ToString(passage.HappenedAt.Value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var who = string.Join(", ", new[] { time, passage.Role is null ? null : Line(passage.Role) }.Where(s => !string.IsNullOrEmpty(s)));
        var source = sources.GetValueOrDefault(passage.ResourceId) is { Length: > 0 } name ? $"{(who.Length > 0 ? " " : "")}({name})" : "";
        return who.Length + source.Length == 0 ? "" : $"{who}{source}: ";
    }

    /// <summary>The last part of a path or address; sources without a name have none.</summary>
    private static string NameOf(Resource resource) => Line(SpaceTextReader.NameOf(resource.Url) is { Length: > 0 } name ? name : resource.Caption ?? "");

    /// <summary>One line: breaks and control characters become blanks, so that no memory can look like a heading or another line.</summary>
    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var isBlank = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isBlank || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(isBlank ? ' ' : c);
            }
        }

        return line.ToString().TrimEnd();
    }
}
