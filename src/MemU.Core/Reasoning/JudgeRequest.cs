namespace MemU.Reasoning;

/// <summary>What was found so far, to be judged.</summary>
/// <param name="Tier">The tier that was searched last.</param>
/// <param name="Query">The question as it is being searched.</param>
/// <param name="Context">The messages before the question.</param>
/// <param name="Found">The texts found, best first.</param>
public sealed record JudgeRequest(MemoryTier Tier, string Query, IReadOnlyList<ContextMessage> Context, IReadOnlyList<string> Found);
