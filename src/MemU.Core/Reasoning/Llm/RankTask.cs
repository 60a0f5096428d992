namespace MemU.Reasoning.Llm;

/// <summary>
/// Ranks candidates in a tournament: pages of bounded size are ranked in parallel, the best of each page meet again until one page is left.
/// The model sees short numbers, never ids.
/// </summary>
internal sealed class RankTask(ModelCaller model, LlmReasonerOptions options)
{
    public const string Name = "rank";

    private const int LineOverhead = 24;

    private const string Instructions =
        """
        You are given a query and numbered candidates from memory. Choose those that help to answer the query and put the most helpful first. Leave out what does not help; an empty ranking is a good answer when nothing does.
        """;

    private const string Shape = """{"ranking":[<n of the best>,<n of the next>]}""";

    public async Task<IReadOnlyList<string>> RunAsync(RankRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        var field = request.Candidates.DistinctBy(c => c.Id).ToList();
        if (request.TopK < 1 || field.Count == 0)
        {
            return [];
        }

        while (true)
        {
            var pages = Pages(field);
            var rankings = await Task.WhenAll(pages.Select(p => AskAsync(request, p, log, cancellationToken)));
            if (pages.Count == 1)
            {
                return [.. rankings[0].Select(c => c.Id)];
            }

            // Another round pays only when it halves the field at least; else so many are wanted that one round has done it.
            var winners = Interleave(rankings);
            if (winners.Count <= 1 || request.TopK * pages.Count * 2 > field.Count)
            {
                return [.. winners.Take(request.TopK).Select(c => c.Id)];
            }

            field = winners;
        }
    }

    private async Task<IReadOnlyList<RankCandidate>> AskAsync(RankRequest request, List<RankCandidate> page, ReasoningLog log, CancellationToken cancellationToken)
    {
        var prompt = new Prompt($"{options.Prompts.GetValueOrDefault(Name, Instructions).Trim()}\n\nRank at most {request.TopK} of them.", Shape)
            .With("query", [Prompt.Line(request.Query)])
            .With("candidates", [.. page.Select((c, i) => Prompt.Line(("n", i + 1), ("text", PassageLines.Gist(c.Text, options.MaxGistChars))))]);
        return await model.AskAsync(new ModelAsk<IReadOnlyList<RankCandidate>>(Name, prompt, (json, tally) => Read(json, tally, page, request.TopK)), log, cancellationToken);
    }

    private static List<RankCandidate>? Read(TolerantAnswer json, DropTally tally, List<RankCandidate> page, int topK)
    {
        if (json.ObjectWithList("ranking") is not { } answer)
        {
            return null;
        }

        var ranking = new List<RankCandidate>();
        foreach (var element in answer.Elements("ranking"))
        {
            var n = JsonFields.AsNumber(element is System.Text.Json.Nodes.JsonObject o ? o.Field("n") ?? o.Field("id") : element);
            if (n is null || n < 1 || n > page.Count)
            {
                tally.Drop("entry of 'ranking' that is no candidate");
            }
            else if (ranking.Contains(page[n.Value - 1]))
            {
                tally.Drop("entry of 'ranking' that was named before");
            }
            else
            {
                ranking.Add(page[n.Value - 1]);
            }
        }

        return ranking.Count > topK ? ranking[..topK] : ranking;
    }

    private List<List<RankCandidate>> Pages(List<RankCandidate> field)
    {
        var pages = new List<List<RankCandidate>>();
        var size = 0;
        foreach (var candidate in field)
        {
            var length = Math.Min(candidate.Text.Length, options.MaxGistChars) + LineOverhead;
            if (pages.Count == 0 || (size + length > options.MaxPromptChars && pages[^1].Count > 1))
            {
                pages.Add([]);
                size = 0;
            }

            pages[^1].Add(candidate);
            size += length;
        }

        return pages;
    }

    // The first of each page, then the second of each: fair when pages were not compared with each other.
    private static List<RankCandidate> Interleave(IReadOnlyList<RankCandidate>[] rankings)
    {
        var result = new List<RankCandidate>();
        for (var place = 0; rankings.Any(r => place < r.Count); place++)
        {
            result.AddRange(rankings.Where(r => place < r.Count).Select(r => r[place]));
        }

        return result;
    }
}
