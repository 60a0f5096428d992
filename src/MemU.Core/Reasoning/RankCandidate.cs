namespace MemU.Reasoning;

/// <summary>One candidate and the text by which it is judged.</summary>
public sealed record RankCandidate(string Id, string Text);
