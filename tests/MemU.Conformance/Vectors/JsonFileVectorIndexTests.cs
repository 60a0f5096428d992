using MemU.Testing;
using MemU.Vectors;

namespace MemU.Conformance.Vectors;

public sealed class JsonFileVectorIndexTests : VectorIndexSuite
{
    private readonly TemporaryFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IVectorIndex> CreateAsync() => Task.FromResult<IVectorIndex>(new JsonFileVectorIndex(folder.At("data", "vectors.json")));
}
