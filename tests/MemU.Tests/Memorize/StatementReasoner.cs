using MemU.Reasoning;

namespace MemU.Tests.Memorize;

/// <summary>A reasoner whose memories are the passages themselves, so that a test knows exactly what must be stored. Hooks let a test interfere.</summary>
internal sealed class StatementReasoner : IMemoryReasoner
{
    public Func<Passage, IReadOnlyList<string>> Categories { get; set; } = _ => ["preferences"];

    public Func<Passage, string> Type { get; set; } = _ => MemoryTypes.Profile;

    public Action? OnExtract { get; set; }

    public Func<Task>? OnSummarize { get; set; }

    public Func<CategoryUpdate, string> Summary { get; set; } =
        c => string.Join('\n', (c.Summary ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Except(c.RemovedItems).Concat(c.NewItems));

    public int Extractions { get; private set; }

    public string Name => "statements";

    public bool IsOffline => true;

    public Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Segmentation([new Segment(0, request.Passages.Count - 1)], "What was said"));

    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        Extractions++;
        OnExtract?.Invoke();
        return Task.FromResult(new Extraction(
            [.. request.Passages.Select(p => new ItemDraft { MemoryType = Type(p), Content = p.Text, Categories = Categories(p), PassageIds = [p.Id], HappenedAt = p.HappenedAt })], null));
    }

    public async Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (OnSummarize is { } hook)
        {
            OnSummarize = null;
            await hook();
        }

        return [.. request.Categories.Select(c => new CategorySummary(c.CategoryId, Summary(c)))];
    }

    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new RetrievalPlan(true, request.Query, "always"));

    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. request.Candidates.Take(request.TopK).Select(c => c.Id)]);

    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Verdict(false, request.Query, "never"));

    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        throw new ReasonerException("There is no model for media.") { Task = "describe" };
}
