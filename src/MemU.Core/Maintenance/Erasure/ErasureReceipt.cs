namespace MemU.Maintenance;

/// <summary>What an erasure removed. It names no user: spaces are told by their key.</summary>
/// <param name="ErasedAt">When it was done.</param>
/// <param name="Spaces">One entry a space, in the order in which they were erased.</param>
public sealed record ErasureReceipt(DateTimeOffset ErasedAt, IReadOnlyList<ErasedSpace> Spaces);
