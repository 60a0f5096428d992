namespace MemU.Vectors;

/// <summary>Reads a vector file only to see whether it is sound.</summary>
internal sealed class UniqueIds : IVectorFileSink
{
    private readonly IdSet ids = new();

    public bool IsNew(string collection, string id) => ids.Add(collection, id);

    public void Take(string collection, VectorFileEntryReader entry)
    {
        // That it could be read is all there is to know.
    }
}
