namespace MemU.Retrieve;

/// <summary>One decision of a retrieval.</summary>
/// <param name="Step"><c>plan</c>, <c>search categories</c>, <c>judge items</c>, <c>evidence</c> …</param>
/// <param name="Decision">What came out: <c>needed</c>, <c>5 found</c>, <c>enough</c> …</param>
/// <param name="Detail">Why; null when there is nothing to add.</param>
public sealed record TraceStep(string Step, string Decision, string? Detail = null);
