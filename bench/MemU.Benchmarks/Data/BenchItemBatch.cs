namespace MemU.Benchmarks.Data;

/// <summary>Items with their vectors, all in memory.</summary>
internal sealed class BenchItemBatch(MemoryScope scope, ClusteredVectors vectors, int count)
{
    public MemoryScope Scope => scope;

    public MemoryItem[] Items { get; } = [.. Enumerable.Range(0, count).Select(n => BenchItems.Item(scope, n))];

    public VectorRecord[] Vectors { get; } = [.. Enumerable.Range(0, count).Select(n => BenchItems.Vector(vectors, n))];
}
