using Microsoft.Extensions.Logging;

namespace MemU.Reasoning;

/// <summary>
/// Works offline for a step at which the model failed, and says so in the log of the operation. Only used when it was asked for by a setting.
/// Media has no offline way, so a failed description stays a failure. Thread-safe.
/// </summary>
internal sealed partial class FallbackReasoner(IMemoryReasoner model, IMemoryReasoner offline, ILogger<FallbackReasoner> logger) : IMemoryReasoner
{
    public string Name => model.Name;

    public bool IsOffline => model.IsOffline;

    public Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        TryAsync(r => r.SegmentAsync(scope, request, log, cancellationToken), log);

    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        TryAsync(r => r.ExtractAsync(scope, request, log, cancellationToken), log);

    public Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        TryAsync(r => r.SummarizeAsync(scope, request, log, cancellationToken), log);

    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        TryAsync(r => r.PlanAsync(scope, request, log, cancellationToken), log);

    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        TryAsync(r => r.RankAsync(scope, request, log, cancellationToken), log);

    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        TryAsync(r => r.JudgeAsync(scope, request, log, cancellationToken), log);

    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        model.DescribeAsync(scope, request, log, cancellationToken);

    private async Task<T> TryAsync<T>(Func<IMemoryReasoner, Task<T>> step, ReasoningLog log)
    {
        try
        {
            return await step(model);
        }
        catch (ReasonerException e)
        {
            log.Note($"{e.Task}: the model failed ({e.Message}), worked offline.");
            LogFallback(e.Task, model.Name, e.Message);
        }

        return await step(offline);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task}: {Model} failed, worked offline: {Reason}")]
    private partial void LogFallback(string task, string model, string reason);
}
