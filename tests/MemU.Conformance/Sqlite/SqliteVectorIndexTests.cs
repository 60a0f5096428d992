using MemU.Conformance.Vectors;
using MemU.Sqlite;
using MemU.Vectors;

namespace MemU.Conformance.Sqlite;

public sealed class SqliteVectorIndexTests : VectorIndexSuite
{
    private readonly SqliteFolder folder = new();

    protected override bool ErasesItself => false;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IVectorIndex> CreateAsync() => Task.FromResult<IVectorIndex>(new SqliteVectorIndex(folder.Database, new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto)));
}
