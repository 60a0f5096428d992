using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What an export or import moved, in JSON.</summary>
/// <param name="Records">Records by type.</param>
/// <param name="Unchanged">Records that were there already.</param>
/// <param name="Warnings">What was worked around.</param>
public sealed record TransferJson(IReadOnlyDictionary<string, long> Records, long Unchanged, IReadOnlyList<string> Warnings)
{
    /// <summary>From the model.</summary>
    public static TransferJson From(TransferReport r) => new(r.Records, r.Unchanged, r.Warnings);
}
