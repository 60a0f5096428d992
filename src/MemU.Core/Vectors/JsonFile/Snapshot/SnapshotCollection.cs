namespace MemU.Vectors;

/// <summary>A collection in a snapshot.</summary>
/// <param name="End">Its closing brace; −1 when the snapshot does not have the collection.</param>
/// <param name="Count">How many entries it has.</param>
internal readonly record struct SnapshotCollection(long End, long Count)
{
    /// <summary>None.</summary>
    public static SnapshotCollection Missing { get; } = new(-1, 0);

    public bool Exists => End >= 0;
}
