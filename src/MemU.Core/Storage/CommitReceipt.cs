namespace MemU.Storage;

/// <summary>What a commit did.</summary>
/// <param name="Revision">The space's revision after it.</param>
/// <param name="OwesVectors">True when vectors are recorded that the vector index has not confirmed yet.</param>
public sealed record CommitReceipt(long Revision, bool OwesVectors);
