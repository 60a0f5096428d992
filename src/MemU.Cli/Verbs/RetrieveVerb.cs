using System.CommandLine;
using System.Globalization;
using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Retrieve;
using Microsoft.Extensions.AI;

namespace MemU.Cli.Verbs;

internal static class RetrieveVerb
{
    public static Verb Create()
    {
        var question = VerbOptions.Required("QUESTION", "What to find, in plain words.");
        var method = VerbOptions.Text("--method", "NAME", "rag (vectors and words) or llm (the model reads and ranks). Default: rag.", "rag", "llm");
        var topK = VerbOptions.Number("--top-k", "Hits per tier. Default: 5.", 1, RetrieveOptions.MaxTopK);
        var evidence = VerbOptions.Number("--evidence", "Passages at most. Default: twice the hits per tier.", 1, RetrieveOptions.MaxTopK);
        var context = VerbOptions.Text("--context", "FILE", "Messages before the question, so that 'she' and 'there' are understood; - for the standard input.");
        var tiers = VerbOptions.Text("--tiers", "LIST", "Tiers to search, joined by commas. Default: categories,items,resources.");
        var recipe = VerbOptions.Text("--recipe", "NAME", "fast (no chat call), balanced, or thorough (more hits, taken apart, reranked). Default: balanced.", "fast", "balanced", "thorough");
        var askedAt = VerbOptions.Text("--asked-at", "TIME", "When the question is asked, to understand 'last week': ISO 8601. Default: now.");
        var maxTokens = VerbOptions.Number("--max-tokens", "Pack what was found into a block for a prompt of at most N tokens.", RetrieveOptions.LeastTokens, int.MaxValue);
        var explain = VerbOptions.Switch("--explain", "Show what was understood and why each hit has its score.");
        var rerank = VerbOptions.Switch("--rerank", "Ask the chat model for a second opinion on the order of the evidence.");
        var subQueries = VerbOptions.Number("--sub-queries", "Smaller questions that the chat model may have searched too. Default: 0; with --recipe thorough 3.", 0, RetrieveOptions.MaxSubQueries);
        var diversity = VerbOptions.Share("--diversity", "How much of its score a hit loses that says in the very words what a better one says: 0 to 1. Default: 0.2.");
        var noPlan = VerbOptions.Switch("--no-plan", "Do not ask first whether memory is needed and what the question means.");
        var noJudge = VerbOptions.Switch("--no-judge", "Do not ask between tiers whether enough was found.");
        var trace = VerbOptions.Switch("--trace", "Show which step decided what (always part of --json).");
        return new Verb(
            "retrieve", "Find the memories that answer a question, with the words that prove them.",
            "memu retrieve \"Where does Alice live?\" --user alice",
            "memu retrieve \"What does she like?\" --user alice --context chat.json",
            "memu retrieve \"planned trips\" --user alice --top-k 10 --no-plan --no-judge",
            "memu retrieve \"What did she plan last week?\" --user alice --asked-at 2026-03-02 --explain",
            "memu retrieve \"planned trips\" --user alice --max-tokens 800",
            "memu retrieve \"planned trips\" --user alice --json")
        {
            Remarks =
                """
                A context file is a JSON list of messages {"role", "content"} (or texts), or lines `role: text`.
                With --method rag, --no-plan and --no-judge no chat model is called; --recipe fast says the same.
                With --max-tokens the block alone is printed (with --json beside the hits, as `context`).
                """,
        }.With(question, method, topK, evidence, context, tiers, recipe, askedAt, maxTokens, explain, rerank, subQueries, diversity, noPlan, noJudge, trace).Does(async call =>
        {
            call.Set("retrieve.method", call.Get(method), "--method");
            call.Set("retrieve.top_k", call.Get(topK)?.ToString(CultureInfo.InvariantCulture), "--top-k");
            var recipeOptions = Recipe(call.Get(recipe));
            var usual = call.Settings.Settings.Retrieve.ToOptions();
            var options = recipeOptions with
            {
                Method = usual.Method,
                TopK = call.Get(topK) is null && call.Get(recipe) is "thorough" ? recipeOptions.TopK : usual.TopK,
                EvidenceTopK = call.Get(evidence) ?? recipeOptions.EvidenceTopK,
                Plan = recipeOptions.Plan && !call.Get(noPlan),
                Judge = recipeOptions.Judge && !call.Get(noJudge),
                Rerank = recipeOptions.Rerank || call.Get(rerank),
                SubQueries = call.Get(subQueries) ?? recipeOptions.SubQueries,
                Diversity = call.Get(diversity) ?? recipeOptions.Diversity,
                Tiers = call.Get(tiers) is { } list ? Tiers(list) : usual.Tiers,
                AskedAt = call.Get(askedAt) is { } time ? Time(time) : null,
                MaxTokens = call.Get(maxTokens),
                Explain = call.Get(explain),
            };
            var messages = await ContextMessagesAsync(call, call.Get(context));
            var result = await call.Space.RetrieveAsync([.. messages, new ChatMessage(ChatRole.User, call.Get(question))], options, call.Cancel);
            if (call.Output.Json)
            {
                call.Output.Result(RetrieveResultJson.From(result), _ => { });
            }
            else if (result.Context is { } block)
            {
                call.Output.Line(SafeText.Lines(block.TrimEnd('\n')));
            }
            else
            {
                await RetrieveView.ShowAsync(call, result, call.Get(trace));
            }
        });
    }

    private static RetrieveOptions Recipe(string? name) => name switch
    {
        null or "balanced" => RetrieveOptions.Balanced,
        "fast" => RetrieveOptions.Fast,
        "thorough" => RetrieveOptions.Thorough,
        _ => throw new ArgumentException($"'{name}' is not a recipe. Known: fast, balanced, thorough."),
    };

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ArgumentException($"'{text}' is no time for --asked-at. Write it like 2026-03-02 or 2026-03-02T18:30:00+01:00.");

    private static async Task<IReadOnlyList<ChatMessage>> ContextMessagesAsync(VerbCall call, string? file)
    {
        if (file is null)
        {
            return [];
        }

        using var reader = file == "-" ? new StreamReader(call.Surroundings.Input, leaveOpen: true) : Open(file);
        return ContextFile.Parse(await reader.ReadToEndAsync(call.Cancel), file);
    }

    private static StreamReader Open(string file) =>
        File.Exists(file) ? new StreamReader(file) : throw new ArgumentException($"The context file '{file}' does not exist.");

    private static IReadOnlyList<MemoryTier> Tiers(string list)
    {
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = names.FirstOrDefault(n => !Enum.TryParse<MemoryTier>(n, ignoreCase: true, out _) || char.IsDigit(n[0]));
        return unknown is null && names.Length > 0
            ? [.. names.Select(n => Enum.Parse<MemoryTier>(n, ignoreCase: true)).Distinct()]
            : throw new ArgumentException($"'{unknown ?? list}' is not a tier. Known: categories, items, resources.");
    }
}
