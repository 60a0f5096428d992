using MemU.Conformance.Sqlite;
using MemU.Conformance.Vectors;
using MemU.Encryption;
using MemU.Sqlite;
using MemU.Vectors;

namespace MemU.Conformance.Encryption;

public sealed class SqliteVectorIndexEncryptedTests : VectorIndexSuite
{
    private readonly SqliteFolder folder = new();

    protected override bool ErasesItself => false;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IVectorIndex> CreateAsync() =>
        Task.FromResult<IVectorIndex>(new SqliteVectorIndex(folder.Database, new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto), new EncryptedVectors(Keys.In(folder.At("keys")))));
}
