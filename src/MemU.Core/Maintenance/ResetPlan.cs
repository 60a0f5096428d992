namespace MemU.Maintenance;

/// <summary>What a reset removes.</summary>
/// <param name="Locations">Files and folders.</param>
/// <param name="Spaces">How many spaces; null when the data cannot be read.</param>
/// <param name="Resources">How many resources; null when the data cannot be read.</param>
/// <param name="Items">How many items; null when the data cannot be read.</param>
public sealed record ResetPlan(IReadOnlyList<string> Locations, int? Spaces, long? Resources, long? Items);
