using MemU.InMemory;
using MemU.Storage;

namespace MemU.Conformance.Storage;

public sealed class InMemoryStoreTests : MemoryStoreSuite
{
    private protected override Task<IMemoryStore> CreateAsync() => Task.FromResult<IMemoryStore>(new InMemoryStore());
}
