using MemU.Retrieve;

namespace MemU.Contracts;

/// <summary>One decision of a retrieval, in JSON.</summary>
/// <param name="Step">Which step.</param>
/// <param name="Decision">What came out.</param>
/// <param name="Detail">Why; null when there is nothing to add.</param>
public sealed record TraceStepJson(string Step, string Decision, string? Detail)
{
    /// <summary>From the model.</summary>
    public static TraceStepJson From(TraceStep s) => new(s.Step, s.Decision, s.Detail);
}
