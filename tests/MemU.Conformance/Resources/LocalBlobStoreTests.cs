using MemU.Resources;
using MemU.Testing;

namespace MemU.Conformance.Resources;

public sealed class LocalBlobStoreTests : BlobStoreSuite
{
    private readonly TemporaryFolder folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IBlobStore> CreateAsync() => Task.FromResult<IBlobStore>(new LocalBlobStore(folder.At("resources")));
}
