using MemU.Conformance.Storage;
using MemU.Encryption;
using MemU.InMemory;
using MemU.Storage;
using MemU.Testing;

namespace MemU.Conformance.Encryption;

public sealed class EncryptedMemoryStoreInMemoryTests : MemoryStoreSuite
{
    private readonly TemporaryFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IMemoryStore> CreateAsync() =>
        Task.FromResult<IMemoryStore>(new EncryptedMemoryStore(new InMemoryStore(), Keys.In(folder.At("keys"))));
}
