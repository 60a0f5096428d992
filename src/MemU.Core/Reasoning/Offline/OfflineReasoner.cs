namespace MemU.Reasoning.Offline;

/// <summary>
/// The reasoner that needs no model: it works by rules, takes every word from its request, and always answers the same. It keeps
/// nothing between calls and is thread-safe.
/// </summary>
public sealed class OfflineReasoner : IMemoryReasoner
{
    /// <inheritdoc />
    public string Name => "offline";

    /// <inheritdoc />
    public bool IsOffline => true;

    /// <inheritdoc />
    public Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Run(() => new Segmentation(Segmenter.Split(request, cancellationToken), Captioner.Caption(request.Passages)), cancellationToken);

    /// <inheritdoc />
    public Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(request.Instructions))
        {
            log.Note("The offline engine works by rules and does not follow a summary prompt; configure a model for that.");
        }

        return Run(
            () => new Extraction(Extractor.Extract(request, cancellationToken), request.WantCaption ? Captioner.Caption(request.Passages) : null),
            cancellationToken);
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<CategorySummary>> SummarizeAsync(
        MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Run(() => Summarizer.Summarize(request), cancellationToken);

    /// <inheritdoc />
    public Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Run(() => Planner.Plan(request), cancellationToken);

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Run(() => Ranker.Rank(request, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Run(() => Judge.Decide(request), cancellationToken);

    /// <inheritdoc />
    /// <exception cref="ReasonerException">Always: pictures, films and speech need a model.</exception>
    public Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken) =>
        Task.FromException<MediaDescription>(new ReasonerException(
            $"The offline engine cannot read {request.Modality.Name}: that needs a model. Set llm.provider (for example 'openai') and llm.api_key, "
            + "or memorize a text about it instead.")
        {
            Task = "describe",
        });

    private static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(work());
        }
        catch (OperationCanceledException e)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
    }
}
