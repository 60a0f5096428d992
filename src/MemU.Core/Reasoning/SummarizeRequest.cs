namespace MemU.Reasoning;

/// <summary>Categories whose summary must take up new items.</summary>
/// <param name="Categories">The touched categories.</param>
/// <param name="TargetLength">The wanted length of each summary, in words.</param>
public sealed record SummarizeRequest(IReadOnlyList<CategoryUpdate> Categories, int TargetLength);
