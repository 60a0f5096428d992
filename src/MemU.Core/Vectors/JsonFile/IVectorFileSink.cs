namespace MemU.Vectors;

/// <summary>Gets the entries of a vector file as they are read.</summary>
internal interface IVectorFileSink
{
    /// <summary>An entry begins; false when the collection has one of this id already.</summary>
    bool IsNew(string collection, string id);

    /// <summary>An entry was read. It is valid during the call only.</summary>
    void Take(string collection, VectorFileEntryReader entry);
}
