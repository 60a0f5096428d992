namespace MemU.Sql;

/// <summary>Where a vector is: in a block of the space's collection (the revision that wrote it, and its number among those), or in a row of its own.</summary>
internal readonly record struct VectorPlace(string Collection, long Revision, long Part)
{
    /// <summary>True for a row of <c>loose_vectors</c>: its place is the part.</summary>
    public bool IsLoose => Revision == LooseVectors.NoBlock;
}
