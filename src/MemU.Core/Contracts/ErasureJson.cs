using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What an erasure removed, in JSON.</summary>
/// <param name="ErasedAt">When it was done, in epoch seconds.</param>
/// <param name="Spaces">One entry a space.</param>
public sealed record ErasureJson(double ErasedAt, IReadOnlyList<ErasedSpaceJson> Spaces)
{
    /// <summary>From the model.</summary>
    public static ErasureJson From(ErasureReceipt r) => new(MemUJson.ToEpoch(r.ErasedAt), [.. r.Spaces.Select(ErasedSpaceJson.From)]);
}
