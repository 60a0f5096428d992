namespace MemU.Retrieve;

/// <summary>Why a hit has its score.</summary>
/// <param name="Id">The id of the passage, item, category or resource.</param>
/// <param name="Parts">What gave how much; the sum of their scores is the score of the hit.</param>
public sealed record HitExplanation(string Id, IReadOnlyList<ScorePart> Parts);
