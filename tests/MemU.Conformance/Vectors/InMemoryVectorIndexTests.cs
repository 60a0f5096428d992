using MemU.InMemory;
using MemU.Vectors;

namespace MemU.Conformance.Vectors;

public sealed class InMemoryVectorIndexTests : VectorIndexSuite
{
    private protected override Task<IVectorIndex> CreateAsync() => Task.FromResult<IVectorIndex>(new InMemoryVectorIndex());
}
