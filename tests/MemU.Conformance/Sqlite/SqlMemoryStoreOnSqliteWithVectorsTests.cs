using MemU.Conformance.Storage;
using MemU.Storage;

namespace MemU.Conformance.Sqlite;

public sealed class SqlMemoryStoreOnSqliteWithVectorsTests : MemoryStoreSuite
{
    private readonly SqliteFolder folder = new();

    protected override bool OwesVectors => false;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IMemoryStore> CreateAsync() => Task.FromResult<IMemoryStore>(folder.Store(holdsVectors: true));
}
