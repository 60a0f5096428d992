namespace MemU.Reasoning;

/// <summary>
/// The port to intelligence: everything for which a person would have to read and understand. Two peers implement it: one asks a chat
/// model, one works offline by rules. Implementations are thread-safe, keep nothing between calls and write nothing.
/// </summary>
/// <remarks>
/// Failures are <see cref="ReasonerException"/>. Every call, token and dropped entry goes to the <see cref="ReasoningLog"/>.
/// Texts that come back are drawn from the request; an implementation never makes up placeholders.
/// </remarks>
public interface IMemoryReasoner
{
    /// <summary><c>offline</c>, or the provider and model: <c>openai/gpt-4o-mini</c>.</summary>
    string Name { get; }

    /// <summary>True when no model is involved.</summary>
    bool IsOffline { get; }

    /// <summary>Splits a resource into topics. The segments cover all passages in order, without gaps or overlaps.</summary>
    Task<Segmentation> SegmentAsync(MemoryScope scope, SegmentRequest request, ReasoningLog log, CancellationToken cancellationToken);

    /// <summary>Draws memories of all wanted types from one segment, in one step.</summary>
    Task<Extraction> ExtractAsync(MemoryScope scope, ExtractRequest request, ReasoningLog log, CancellationToken cancellationToken);

    /// <summary>Rewrites the summaries of all touched categories, in one step. A category left out of the answer keeps its summary.</summary>
    Task<IReadOnlyList<CategorySummary>> SummarizeAsync(MemoryScope scope, SummarizeRequest request, ReasoningLog log, CancellationToken cancellationToken);

    /// <summary>Decides whether memory is needed for a question, and says the question so that it stands alone.</summary>
    Task<RetrievalPlan> PlanAsync(MemoryScope scope, PlanRequest request, ReasoningLog log, CancellationToken cancellationToken);

    /// <summary>Ranks candidates for a question; returns ids of candidates only, best first, at most <see cref="RankRequest.TopK"/>.</summary>
    Task<IReadOnlyList<string>> RankAsync(MemoryScope scope, RankRequest request, ReasoningLog log, CancellationToken cancellationToken);

    /// <summary>Decides whether what was found is enough to answer.</summary>
    Task<Verdict> JudgeAsync(MemoryScope scope, JudgeRequest request, ReasoningLog log, CancellationToken cancellationToken);

    /// <summary>Turns an image, a film or speech into text.</summary>
    /// <exception cref="ReasonerException">There is no model that could; the message says what to configure.</exception>
    Task<MediaDescription> DescribeAsync(MemoryScope scope, MediaRequest request, ReasoningLog log, CancellationToken cancellationToken);
}
