namespace MemU;

/// <summary>One thing that a check found.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">A stable short name: <c>orphan-vector</c>, <c>missing-vector</c> …</param>
/// <param name="Message">What is wrong, with ids and counts but never a user's words.</param>
/// <param name="Remedy">How to mend it, as a command where there is one.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Message, string Remedy);
