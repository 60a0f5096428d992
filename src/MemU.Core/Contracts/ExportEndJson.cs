namespace MemU.Contracts;

/// <summary>The last line of an export: without it the file is cut off.</summary>
/// <param name="Records">Lines between the first and this one.</param>
public sealed record ExportEndJson(long Records);
