using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What a reset removes, in JSON.</summary>
/// <param name="Locations">Files and folders.</param>
/// <param name="Spaces">How many spaces; null when the data cannot be read.</param>
/// <param name="Resources">How many resources; null when the data cannot be read.</param>
/// <param name="Items">How many items; null when the data cannot be read.</param>
public sealed record ResetJson(IReadOnlyList<string> Locations, int? Spaces, long? Resources, long? Items)
{
    /// <summary>From the model.</summary>
    public static ResetJson From(ResetPlan p) => new(p.Locations, p.Spaces, p.Resources, p.Items);
}
