namespace MemU.Vectors;

/// <summary>Gets the entries of a vector file as they are read, in the order of the file, one at a time.</summary>
internal interface IVectorFileSink
{
    /// <summary>Takes an entry.</summary>
    /// <param name="entry">What was read.</param>
    /// <param name="vector">Its numbers; valid during the call only.</param>
    /// <returns>False when the collection has an entry of this id already.</returns>
    bool Take(VectorFileEntry entry, ReadOnlySpan<float> vector);
}
