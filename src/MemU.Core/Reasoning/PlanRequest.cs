namespace MemU.Reasoning;

/// <summary>A question to plan for.</summary>
/// <param name="Query">The last message.</param>
/// <param name="Context">The messages before it, oldest first; may be empty.</param>
public sealed record PlanRequest(string Query, IReadOnlyList<ContextMessage> Context)
{
    /// <summary>Into how many smaller questions it may be taken apart, at most; 0 when that is not wanted.</summary>
    public int MaxParts { get; init; }
}
