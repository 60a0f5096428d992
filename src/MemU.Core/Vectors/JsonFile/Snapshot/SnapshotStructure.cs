namespace MemU.Vectors;

/// <summary>Where the braces of a snapshot stand. Immutable.</summary>
/// <param name="End">The closing brace of the outermost object.</param>
/// <param name="Members">How many members that object has.</param>
/// <param name="Collections">The collections by their numbers.</param>
internal sealed record SnapshotStructure(long End, int Members, IReadOnlyList<SnapshotCollection> Collections)
{
    /// <summary>Of an object without members that takes two bytes.</summary>
    public static SnapshotStructure Empty { get; } = new(1, 0, [.. Enumerable.Repeat(SnapshotCollection.Missing, CollectionNumbers.Count)]);
}
