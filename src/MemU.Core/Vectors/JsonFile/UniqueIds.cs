namespace MemU.Vectors;

/// <summary>Reads a vector file only to see whether it is sound.</summary>
internal sealed class UniqueIds : IVectorFileSink
{
    private readonly IdSet ids = new();

    public bool Take(VectorFileEntry entry, ReadOnlySpan<float> vector) => ids.Add(entry.Collection, entry.Id);
}
