using MemU.Conformance.Sqlite;
using MemU.Conformance.Storage;
using MemU.Encryption;
using MemU.Storage;

namespace MemU.Conformance.Encryption;

public sealed class EncryptedMemoryStoreOnSqliteTests : MemoryStoreSuite
{
    private readonly SqliteFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IMemoryStore> CreateAsync()
    {
        var keys = Keys.In(folder.At("keys"));
        return Task.FromResult<IMemoryStore>(new EncryptedMemoryStore(folder.Store(holdsVectors: false, new EncryptedVectors(keys)), keys));
    }
}
