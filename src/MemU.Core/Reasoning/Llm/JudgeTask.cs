namespace MemU.Reasoning.Llm;

/// <summary>Decides whether what was found answers the question.</summary>
internal sealed class JudgeTask(ModelCaller model, LlmReasonerOptions options)
{
    public const string Name = "judge";

    private const string Instructions =
        """
        You are given a query, the conversation it stands in, and what has been found in memory so far. Decide whether what was found is enough to answer the query completely. Material that is about the right topic but does not hold the answer is not enough.
        If it is not enough, write the query with which to search on: use what was learnt (names, dates, places) to make it more precise. If nothing was learnt, repeat the query.
        """;

    private const string Shape = """{"enough":<true or false>,"next_query":"<the query to go on with>","reason":"<a few words>"}""";

    public async Task<Verdict> RunAsync(JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (request.Found.Count == 0)
        {
            return new(false, request.Query, "nothing was found");
        }

        var prompt = new Prompt(options.Prompts.GetValueOrDefault(Name, Instructions), Shape)
            .With("earlier_messages", ContextLines.Write(request.Context, options))
            .With("query", [Prompt.Line(request.Query)])
            .With("found", FoundLines(request.Found));
        return await model.AskAsync(new ModelAsk<Verdict>(Name, prompt, (json, tally) => Read(json, tally, request)), log, cancellationToken);
    }

    // Best first, so what does not fit is the least likely to matter.
    private List<string> FoundLines(IReadOnlyList<string> found)
    {
        var room = options.MaxPromptChars / 2;
        var lines = new List<string>();
        foreach (var text in found)
        {
            var line = Prompt.Line(PassageLines.Gist(text, options.MaxGistChars * 4));
            room -= line.Length;
            if (room < 0 && lines.Count > 0)
            {
                break;
            }

            lines.Add(line);
        }

        return lines;
    }

    private static Verdict? Read(TolerantAnswer json, DropTally tally, JudgeRequest request)
    {
        if (json.ObjectWith("enough", "next_query") is not { } answer)
        {
            return null;
        }

        var enough = answer.Flag("enough");
        if (enough is null)
        {
            tally.Drop("'enough' that is neither true nor false; the search goes on");
        }

        var next = answer.Text("next_query")?.Trim();
        var reason = answer.Text("reason")?.Trim();
        return new(enough ?? false, MemoryTextGuard.IsStorable(next, out _) ? next! : request.Query, string.IsNullOrEmpty(reason) ? "the model gave no reason" : reason);
    }
}
