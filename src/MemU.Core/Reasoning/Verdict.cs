namespace MemU.Reasoning;

/// <summary>Whether what was found is enough.</summary>
/// <param name="IsEnough">True: stop searching.</param>
/// <param name="NextQuery">The question to go on with; the same question when nothing was learnt.</param>
/// <param name="Reason">Why, in a few words, for the trace.</param>
public sealed record Verdict(bool IsEnough, string NextQuery, string Reason);
