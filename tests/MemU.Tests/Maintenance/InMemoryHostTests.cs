using MemU.InMemory;
using MemU.Maintenance;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Maintenance;

/// <summary>A host whose store and index are both in memory, and hosts where only one of them is.</summary>
public sealed class InMemoryHostTests : IDisposable
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("memu-in-memory-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_commit_writes_its_vectors_and_owes_nothing()
    {
        await using var host = Host(m => m.UseInMemory());
        await CommitAsync(host, Bob, Vector("canary", 9));

        var numbers = new float[] { 1, 2 };
        await CommitAsync(host, Alice, Vector("one", 1) with { Vector = numbers });
        numbers[0] = 7;

        Assert.True(host.GetRequiredService<IVectorIndex>().IsPartOfStore);
        Assert.False(await host.GetRequiredService<IMemoryStore>().OwesVectorsAsync(Alice, default));
        var written = await OnlyAsync(host, Alice);
        Assert.Equal(new float[] { 1, 2 }, written.Vector.ToArray());
        Assert.Equal("canary", (await OnlyAsync(host, Bob)).Id);
    }

    [Fact]
    public async Task A_commit_that_fails_writes_no_vector()
    {
        await using var host = Host(m => m.UseInMemory());
        await CommitAsync(host, Alice, Vector("one", 1));

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(host, Bob, Vector("two", 2), Vector("one", 3)));

        Assert.Equal("one", (await OnlyAsync(host, Alice)).Id);
        Assert.Empty(await host.GetRequiredService<IVectorIndex>().ListAsync(Bob, VectorCollections.Items, default).ToListAsync());
        Assert.Equal(0, (await host.GetRequiredService<IMemoryStore>().GetVersionAsync(Bob, default)).Revision);
    }

    [Fact]
    public async Task A_reset_empties_the_index_too()
    {
        await using var host = Host(m => m.UseInMemory());
        await CommitAsync(host, Alice, Vector("one", 1));

        await host.GetRequiredService<MemoryMaintenance>().ResetAsync();

        Assert.Empty(await host.GetRequiredService<IVectorIndex>().ListAsync(Alice, VectorCollections.Items, default).ToListAsync());
        await CommitAsync(host, Bob, Vector("one", 1));
        Assert.Equal("one", (await OnlyAsync(host, Bob)).Id);
    }

    [Fact]
    public async Task A_store_in_memory_owes_an_index_that_keeps_a_file()
    {
        await using var host = Host(m => m.UseInMemory().UseJsonFileVectors(Path.Combine(folder.FullName, "vectors.json")));
        await CommitAsync(host, Alice, Vector("one", 1));

        Assert.False(host.GetRequiredService<IVectorIndex>().IsPartOfStore);
        Assert.True(await host.GetRequiredService<IMemoryStore>().OwesVectorsAsync(Alice, default));
    }

    [Fact]
    public async Task An_index_in_memory_is_owed_by_a_store_that_keeps_a_file()
    {
        await using var host = Host(m => m.UseInMemory().UseSqlite(Path.Combine(folder.FullName, "memu.db")));
        await CommitAsync(host, Alice, Vector("one", 1));

        Assert.IsType<InMemoryVectorIndex>(host.GetRequiredService<IVectorIndex>());
        Assert.False(host.GetRequiredService<IVectorIndex>().IsPartOfStore);
        Assert.True(await host.GetRequiredService<IMemoryStore>().OwesVectorsAsync(Alice, default));
    }

    private static ServiceProvider Host(Action<MemUBuilder> choose)
    {
        var services = new ServiceCollection();
        choose(services.AddMemU());
        return services.BuildServiceProvider();
    }

    private static Task CommitAsync(ServiceProvider host, MemoryScope scope, params VectorRecord[] vectors) =>
        host.GetRequiredService<IMemoryStore>().CommitAsync(scope, new MemoryChanges { Vectors = vectors }, default);

    private static async Task<VectorRecord> OnlyAsync(ServiceProvider host, MemoryScope scope) =>
        Assert.Single(await host.GetRequiredService<IVectorIndex>().ListAsync(scope, VectorCollections.Items, default).ToListAsync());

    private static VectorRecord Vector(string id, float number) => new() { Collection = VectorCollections.Items, Id = id, Vector = new[] { number }, Text = id, Model = "test-1" };
}
