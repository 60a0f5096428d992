namespace MemU.Vectors;

/// <summary>A moment in the life of a collection's vectors.</summary>
/// <param name="Epoch">Another epoch has nothing in common with this one: the medium was emptied or replaced.</param>
/// <param name="Revision">Grows with every change within an epoch.</param>
internal readonly record struct VectorsVersion(long Epoch, long Revision)
{
    /// <summary>True when whoever knows this moment knows that one too.</summary>
    public bool Covers(VectorsVersion other) => Epoch == other.Epoch && Revision >= other.Revision;
}
