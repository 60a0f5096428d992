using MemU.Reasoning;

namespace MemU.Tests.Llm;

/// <summary>Answers every task with something recognisable.</summary>
internal sealed class FixedReasoner : IMemoryReasoner
{
    public string Name => "offline";

    public bool IsOffline => true;

    public Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Segmentation([new(0, request.Passages.Count - 1)], "offline segments"));

    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Extraction([], "offline caption"));

    public Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CategorySummary>>([new(request.Categories[0].CategoryId, "offline summary")]);

    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new RetrievalPlan(true, request.Query, "offline plan"));

    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(["offline rank"]);

    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new Verdict(false, request.Query, "offline verdict"));

    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromResult(new MediaDescription("offline picture", null));
}
