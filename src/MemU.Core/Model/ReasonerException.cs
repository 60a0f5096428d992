namespace MemU;

/// <summary>A model call failed or answered what cannot be used. Nothing was stored.</summary>
public sealed class ReasonerException(string message, Exception? inner = null) : MemUException(message, inner)
{
    /// <summary>Which task: <c>segment</c>, <c>extract</c>, <c>summarize</c>, <c>plan</c>, <c>rank</c>, <c>judge</c>, <c>describe</c>, <c>embed</c>.</summary>
    public required string Task { get; init; }

    /// <summary>True when trying again later may succeed (busy, timeout, network).</summary>
    public bool IsTransient { get; init; }
}
