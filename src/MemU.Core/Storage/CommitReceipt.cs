namespace MemU.Storage;

/// <summary>What a commit did.</summary>
/// <param name="Revision">The space's revision after it.</param>
/// <param name="OwesVectors">True when vectors are recorded that the vector index has not confirmed yet.</param>
/// <param name="Owed">All that the space owed at that moment, when that is what this commit wrote and not too much; null when it has to be listed.</param>
public sealed record CommitReceipt(long Revision, bool OwesVectors, IReadOnlyList<OwedVector>? Owed = null);
