using MemU.Conformance.Resources;
using MemU.Encryption;
using MemU.Resources;
using MemU.Testing;

namespace MemU.Conformance.Encryption;

public sealed class EncryptedBlobStoreTests : BlobStoreSuite
{
    private readonly TemporaryFolder folder = new();

    protected override bool NamesTell => false;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }

    private protected override Task<IBlobStore> CreateAsync() =>
        Task.FromResult<IBlobStore>(new EncryptedBlobStore(new LocalBlobStore(folder.At("resources")), Keys.In(folder.At("keys"))));
}
