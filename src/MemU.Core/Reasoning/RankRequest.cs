namespace MemU.Reasoning;

/// <summary>Candidates to rank for a question.</summary>
/// <param name="Tier">Which tier they are of.</param>
/// <param name="Query">The question.</param>
/// <param name="Candidates">What to choose from; an implementation pages over them when they are too many for one prompt.</param>
/// <param name="TopK">How many to return at most.</param>
public sealed record RankRequest(MemoryTier Tier, string Query, IReadOnlyList<RankCandidate> Candidates, int TopK);
