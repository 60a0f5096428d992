namespace MemU.Reasoning.Llm;

/// <summary>Decides whether a question needs memory and says it so that it stands alone.</summary>
internal sealed class PlanTask(ModelCaller model, LlmReasonerOptions options)
{
    public const string Name = "plan";

    private const string Instructions =
        """
        You decide whether the last message of a conversation can profit from looking into long-term memory about the user and the people around them.
        It cannot when it is only a greeting, thanks, small talk, or a request that needs nothing personal and nothing that was said before (a sum, a translation, general knowledge). When in doubt, it can.
        Also write the message as a query that stands alone: put the names and things that the earlier messages show in place of 'he', 'it', 'there', 'that one'. Change nothing else, answer nothing, keep its language. If nothing has to be replaced, repeat the message as it is.
        """;

    private const string Shape = """{"needs_retrieval":<true or false>,"query":"<the query that stands alone>","reason":"<a few words>"}""";

    public async Task<RetrievalPlan> RunAsync(PlanRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        var prompt = new Prompt(options.Prompts.GetValueOrDefault(Name, Instructions), Shape)
            .With("earlier_messages", ContextLines.Write(request.Context, options))
            .With("last_message", [Prompt.Line(request.Query)]);
        return await model.AskAsync(new ModelAsk<RetrievalPlan>(Name, prompt, (json, tally) => Read(json, tally, request)), log, cancellationToken);
    }

    private static RetrievalPlan? Read(TolerantAnswer json, DropTally tally, PlanRequest request)
    {
        if (json.ObjectWith("needs_retrieval", "query") is not { } answer)
        {
            return null;
        }

        var needed = answer.Flag("needs_retrieval");
        if (needed is null)
        {
            tally.Drop("'needs_retrieval' that is neither true nor false; memory is searched");
        }

        var query = answer.Text("query")?.Trim();
        var rewritten = request.Context.Count > 0 && MemoryTextGuard.IsStorable(query, out _) ? query! : request.Query;
        return new(needed ?? true, rewritten, answer.Text("reason")?.Trim() is { Length: > 0 } reason ? reason : "the model gave no reason");
    }
}
