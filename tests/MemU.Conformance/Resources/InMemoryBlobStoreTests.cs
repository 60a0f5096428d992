using MemU.InMemory;
using MemU.Resources;

namespace MemU.Conformance.Resources;

public sealed class InMemoryBlobStoreTests : BlobStoreSuite
{
    private protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new InMemoryBlobStore());
}
