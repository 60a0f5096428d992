using System.Globalization;

namespace MemU.Reasoning.Llm;

/// <summary>Rewrites the pages of all touched categories in one call; in several only when they do not fit into one prompt.</summary>
internal sealed class SummarizeTask(ModelCaller model, LlmReasonerOptions options)
{
    public const string Name = "summarize";

    private const string Instructions =
        """
        You keep pages that each sum up what is remembered on one topic. For every page you are given its name, what belongs on it, its text so far, memories that are new and memories that no longer hold. Rewrite each page:
        - Merge the new memories into the text; keep everything of the old text that still holds.
        - Where a new memory contradicts the old text, the new one wins. Take out what no longer holds.
        - Keep names, numbers and dates. Say each thing once. Add nothing that is in neither the old text nor the memories.
        - Write Markdown: short headings and lists, no introduction, no closing remark. Write in the language of the memories.
        """;

    private const string Shape = """{"pages":[{"n":<number of the page>,"summary":"<the whole new text, Markdown>"}]}""";

    public async Task<IReadOnlyList<CategorySummary>> RunAsync(SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Groups(request.Categories).Select(g => RunGroupAsync(g, request.TargetLength, log, cancellationToken)));
        return [.. answers.SelectMany(a => a)];
    }

    // Either several pages that share a call, or one page whose memories come in several rounds.
    private async Task<IReadOnlyList<CategorySummary>> RunGroupAsync(List<CategoryUpdate> group, int targetLength, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (group.Count > 1)
        {
            return await AskAsync(group, targetLength, log, cancellationToken);
        }

        IReadOnlyList<CategorySummary> result = [];
        var page = group[0];
        foreach (var round in Rounds(page))
        {
            var answer = await AskAsync([round with { Summary = result.Count > 0 ? result[0].Summary : page.Summary }], targetLength, log, cancellationToken);
            result = answer.Count > 0 ? answer : result;
        }

        return result;
    }

    private async Task<IReadOnlyList<CategorySummary>> AskAsync(List<CategoryUpdate> pages, int targetLength, ReasoningLog log, CancellationToken cancellationToken)
    {
        var instructions = $"{options.Prompts.GetValueOrDefault(Name, Instructions).Trim()}\n\nA page should have at most about {targetLength.ToString(CultureInfo.InvariantCulture)} words; a page with little on it stays short.";
        var prompt = new Prompt(instructions, Shape).With("pages", [.. pages.Select((p, i) => Prompt.Line(
            ("n", i + 1),
            ("name", p.Name),
            ("holds", p.Description),
            ("text_so_far", p.Summary),
            ("new_memories", p.NewItems.Count > 0 ? p.NewItems : null),
            ("no_longer_true", p.RemovedItems.Count > 0 ? p.RemovedItems : null)))]);
        return await model.AskAsync(new ModelAsk<IReadOnlyList<CategorySummary>>(Name, prompt, (json, tally) => Read(json, tally, pages)), log, cancellationToken);
    }

    private static List<CategorySummary>? Read(TolerantAnswer json, DropTally tally, List<CategoryUpdate> pages)
    {
        if (json.ObjectWithList("pages", "summary") is not { } answer)
        {
            return null;
        }

        var summaries = new Dictionary<int, string>();
        foreach (var element in answer.Elements("pages").OfType<System.Text.Json.Nodes.JsonObject>())
        {
            var n = JsonFields.AsNumber(element.Field("n")) ?? Number(element.Text("name"), pages) ?? (pages.Count == 1 ? 1 : 0);
            var summary = element.Text("summary")?.Trim();
            if (n < 1 || n > pages.Count)
            {
                tally.Drop("summary of no known page");
            }
            else if (!MemoryTextGuard.IsStorable(summary, out var why))
            {
                tally.Drop($"'summary' that is {(summary is null ? "no text" : why)}");
            }
            else
            {
                summaries[n] = summary!;
            }
        }

        if (summaries.Count == 0 && json.IsTruncated)
        {
            return null;
        }

        if (summaries.Count < pages.Count)
        {
            tally.Remark($"{pages.Count - summaries.Count} of {pages.Count} category summaries came back without usable text and stay as they were");
        }

        return [.. summaries.OrderBy(s => s.Key).Select(s => new CategorySummary(pages[s.Key - 1].CategoryId, s.Value))];
    }

    private static int? Number(string? name, List<CategoryUpdate> pages) =>
        pages.FindIndex(p => string.Equals(p.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase)) is >= 0 and var i ? i + 1 : null;

    private List<List<CategoryUpdate>> Groups(IReadOnlyList<CategoryUpdate> pages)
    {
        var groups = new List<List<CategoryUpdate>>();
        var size = 0;
        foreach (var page in pages)
        {
            var length = Size(page);
            if (groups.Count == 0 || size + length > options.MaxPromptChars)
            {
                groups.Add([]);
                size = 0;
            }

            groups[^1].Add(page);
            size += length;
        }

        return groups;
    }

    private IEnumerable<CategoryUpdate> Rounds(CategoryUpdate page)
    {
        var room = Math.Max(options.MaxPromptChars / 4, options.MaxPromptChars - (page.Summary?.Length ?? 0));
        var round = page with { NewItems = [], RemovedItems = [] };
        var size = 0;
        foreach (var (text, isNew) in page.NewItems.Select(t => (t, true)).Concat(page.RemovedItems.Select(t => (t, false))))
        {
            if (size > 0 && size + text.Length > room)
            {
                yield return round;
                round = page with { NewItems = [], RemovedItems = [] };
                size = 0;
            }

            round = isNew ? round with { NewItems = [.. round.NewItems, text] } : round with { RemovedItems = [.. round.RemovedItems, text] };
            size += text.Length + 4;
        }

        yield return round;
    }

    private static int Size(CategoryUpdate p) =>
        p.Name.Length + p.Description.Length + (p.Summary?.Length ?? 0) + p.NewItems.Sum(i => i.Length + 4) + p.RemovedItems.Sum(i => i.Length + 4) + 100;
}
