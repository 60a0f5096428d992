using MemU.Reasoning;

namespace MemU.Tests.Retrieve;

/// <summary>A reasoner that answers what the test has written down and remembers what it was asked.</summary>
internal sealed class ScriptedReasoner : IMemoryReasoner
{
    public Func<PlanRequest, RetrievalPlan> Plan { get; set; } = r => new RetrievalPlan(true, r.Query, "scripted");

    public Func<JudgeRequest, Verdict> Judge { get; set; } = r => new Verdict(false, r.Query, "scripted");

    public Func<RankRequest, IReadOnlyList<string>> Rank { get; set; } = r => [.. r.Candidates.Take(r.TopK).Select(c => c.Id)];

    public List<PlanRequest> Planned { get; } = [];

    public List<JudgeRequest> Judged { get; } = [];

    public List<RankRequest> Ranked { get; } = [];

    public string Name => "scripted/model";

    public bool IsOffline => false;

    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        Planned.Add(request);
        log.AddCall(10, 1, TimeSpan.Zero);
        return Task.FromResult(Plan(request));
    }

    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        Ranked.Add(request);
        log.AddCall(10, 1, TimeSpan.Zero);
        return Task.FromResult(Rank(request));
    }

    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        Judged.Add(request);
        log.AddCall(10, 1, TimeSpan.Zero);
        return Task.FromResult(Judge(request));
    }

    public Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Retrieving does not segment.");

    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Retrieving does not extract.");

    public Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Retrieving does not summarise.");

    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("Retrieving does not describe.");
}
