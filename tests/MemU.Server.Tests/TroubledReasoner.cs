using MemU.Reasoning;

namespace MemU.Server.Tests;

/// <summary>A reasoner whose memories are the passages themselves, and with which a test makes trouble.</summary>
/// <param name="trouble">Called at every segmentation.</param>
internal sealed class TroubledReasoner(Func<CancellationToken, Task> trouble) : IMemoryReasoner
{
    public string Name => "troubled";

    public bool IsOffline => true;

    /// <summary>Never gets on until it is cancelled.</summary>
    public static TroubledReasoner Blocking() => new(token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token));

    /// <summary>Fails so often, then works.</summary>
    public static TroubledReasoner Failing(int failures)
    {
        var left = failures;
        return new TroubledReasoner(_ => Interlocked.Decrement(ref left) >= 0
            ? throw new ReasonerException("The model is busy. Try again.") { Task = "segment", IsTransient = true }
            : Task.CompletedTask);
    }

    public async Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        await trouble(cancellationToken);
        return new Segmentation([new Segment(0, request.Passages.Count - 1)], "What was said");
    }

    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Extraction([.. request.Passages.Select(p => new ItemDraft { MemoryType = MemoryTypes.Profile, Content = p.Text, Categories = [], PassageIds = [p.Id] })], null));

    public Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CategorySummary>>([]);

    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new RetrievalPlan(true, request.Query, "always"));

    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Verdict(false, request.Query, "never"));

    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        throw new ReasonerException("There is no model for media.") { Task = "describe" };
}
