using MemU.InMemory;
using MemU.Storage;

namespace MemU.Conformance.Storage;

public sealed class InMemoryStoreWithVectorsTests : MemoryStoreSuite
{
    private readonly InMemoryVectorIndex vectors = new();

    protected override bool OwesVectors => false;

    [Fact]
    public async Task A_commit_writes_and_removes_the_vectors_itself()
    {
        var sample = await CommitSampleAsync();
        Assert.Equal(2, await vectors.ListAsync(Alice, VectorCollections.Passages, Token).CountAsync(Token));

        await CommitAsync(new MemoryChanges { RemovedResources = [sample.Resource.Id] });

        Assert.Equal(0, await vectors.ListAsync(Alice, VectorCollections.Passages, Token).CountAsync(Token));
        Assert.Equal(1, await vectors.ListAsync(Alice, VectorCollections.Categories, Token).CountAsync(Token));
    }

    private protected override Task<IMemoryStore> CreateAsync() => Task.FromResult<IMemoryStore>(new InMemoryStore(vectors));
}
