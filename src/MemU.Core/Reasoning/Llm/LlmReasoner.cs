using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace MemU.Reasoning.Llm;

/// <summary>The reasoner that asks a chat model. Thread-safe when the client is; keeps nothing between calls.</summary>
/// <remarks>
/// The scope plays no part in a prompt: what a request holds is all that a model sees. The client is disposed by its owner.
/// </remarks>
internal sealed class LlmReasoner : IMemoryReasoner
{
    private readonly SegmentTask segment;
    private readonly ExtractTask extract;
    private readonly SummarizeTask summarize;
    private readonly PlanTask plan;
    private readonly RankTask rank;
    private readonly JudgeTask judge;
    private readonly DescribeTask describe;

    public LlmReasoner(IChatClient client, string name, LlmReasonerOptions options, ILogger<LlmReasoner> logger)
    {
        Name = name;
        CheckPrompts(options.Prompts);
        var model = new ModelCaller(client, name, options.MaxParallelism, logger);
        segment = new(model, options);
        extract = new(model, options);
        summarize = new(model, options);
        plan = new(model, options);
        rank = new(model, options);
        judge = new(model, options);
        describe = new(model, options);
    }

    /// <summary>The tasks whose instructions can be replaced.</summary>
    public static IReadOnlyList<string> Tasks { get; } =
        [SegmentTask.Name, ExtractTask.Name, SummarizeTask.Name, PlanTask.Name, RankTask.Name, JudgeTask.Name, DescribeTask.Name];

    public string Name { get; }

    public bool IsOffline => false;

    public Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        segment.RunAsync(request, log, cancellationToken);

    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        extract.RunAsync(request, log, cancellationToken);

    public async Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        await summarize.RunAsync(request, log, cancellationToken);

    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        plan.RunAsync(request, log, cancellationToken);

    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        rank.RunAsync(request, log, cancellationToken);

    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        judge.RunAsync(request, log, cancellationToken);

    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        describe.RunAsync(request, log, cancellationToken);

    private static void CheckPrompts(IReadOnlyDictionary<string, string> prompts)
    {
        foreach (var (task, text) in prompts)
        {
            if (!Tasks.Contains(task))
            {
                throw new ArgumentException($"llm.prompts names the unknown task '{task}'. Known: {string.Join(", ", Tasks)}.");
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                throw new ArgumentException($"llm.prompts.{task} is blank. Write the instructions, or leave the entry out.");
            }
        }
    }
}
