namespace MemU.Reasoning;

/// <summary>What to do about a question.</summary>
/// <param name="NeedsRetrieval">False when no memory could help (a greeting, thanks).</param>
/// <param name="Query">The question so that it stands alone; the question itself when there was no context.</param>
/// <param name="Reason">Why, in a few words, for the trace.</param>
public sealed record RetrievalPlan(bool NeedsRetrieval, string Query, string Reason)
{
    /// <summary>
    /// Smaller questions whose answers together answer this one ("Which city does Ann's sister live in?": "Who is Ann's sister?" …), at most
    /// <see cref="PlanRequest.MaxParts"/>; none when it is simple or nobody could say.
    /// </summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
