namespace MemU.Contracts;

/// <summary>What became of a batch, in JSON.</summary>
/// <param name="Results">One entry a source, in the order in which they were given.</param>
public sealed record BatchResultJson(IReadOnlyList<BatchEntryJson> Results);
