using System.Globalization;
using System.Text.Json.Nodes;

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

    private const string PartsInstructions =
        """

        If it can only be answered by putting together several facts that may have been told at different times (a comparison, a list, a fact about something that another fact has to tell first), also write the smaller questions to look up, each so that it stands alone, at most {0} of them. Otherwise leave the list empty.
        """;

    private const string PartsShape = """{"needs_retrieval":<true or false>,"query":"<the query that stands alone>","parts":["<a smaller question>"],"reason":"<a few words>"}""";

    private const string Shape = """{"needs_retrieval":<true or false>,"query":"<the query that stands alone>","reason":"<a few words>"}""";

    public async Task<RetrievalPlan> RunAsync(PlanRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        var instructions = options.Prompts.GetValueOrDefault(Name, Instructions);
        var prompt = (request.MaxParts > 0
                ? new Prompt(instructions.TrimEnd() + string.Format(CultureInfo.InvariantCulture, PartsInstructions, request.MaxParts), PartsShape)
                : new Prompt(instructions, Shape))
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
        var plan = new RetrievalPlan(needed ?? true, rewritten, answer.Text("reason")?.Trim() is { Length: > 0 } reason ? reason : "the model gave no reason");
        return Parts(answer, tally, request) is { Count: > 0 } parts ? plan with { Parts = parts } : plan;
    }

    private static List<string> Parts(JsonObject answer, DropTally tally, PlanRequest request)
    {
        var parts = new List<string>();
        foreach (var element in request.MaxParts > 0 ? answer.Elements("parts") : [])
        {
            var part = JsonFields.AsText(element)?.Trim();
            if (!MemoryTextGuard.IsStorable(part, out _))
            {
                tally.Drop("entry of 'parts' that is no question");
            }
            else if (parts.Count < request.MaxParts)
            {
                parts.Add(part!);
            }
        }

        return parts;
    }
}
