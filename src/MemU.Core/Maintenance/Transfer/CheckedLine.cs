namespace MemU.Maintenance;

/// <summary>What was found in a line by itself.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Type">Null when it could not be told.</param>
/// <param name="Record">Null unless lines behind it are checked against it.</param>
/// <param name="Fault">Why it cannot be stored, if it cannot.</param>
internal readonly record struct CheckedLine(long Number, string? Type, object? Record, MemUException? Fault)
{
    /// <summary>The record.</summary>
    /// <exception cref="MemUException">It cannot be stored.</exception>
    public object? Get() => Fault is null ? Record : throw Fault;

    /// <summary>The error for this line.</summary>
    public MemUException Damaged(string what) => ExportLine.Damaged(Number, what);
}
