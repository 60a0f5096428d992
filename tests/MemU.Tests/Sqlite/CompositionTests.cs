using MemU.Resources;
using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.DependencyInjection;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

public sealed class CompositionTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Vectors_of_a_commit_are_in_the_same_file_when_they_were_asked_for()
    {
        await using var services = Build(b => b.UseSqlite(house.File).UseSqliteVectors());
        var store = services.GetRequiredService<IMemoryStore>();
        var changes = house.Sample(Alice, new IdSource(house.Clock, 1));

        Assert.False((await store.CommitAsync(Alice, changes, Token)).OwesVectors);

        var hits = await services.GetRequiredService<IVectorIndex>().QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 1, 2, 2 }, 5), Token);
        Assert.Equal(changes.Items[0].Id, Assert.Single(hits.Hits).Value);
        Assert.Equal(["0000803F0000004000000040"], house.Query("SELECT hex(vector) FROM loose_vectors"));
    }

    [Fact]
    public async Task The_vectors_of_what_is_removed_go_in_the_same_commit()
    {
        await using var services = Build(b => b.UseSqlite(house.File).UseSqliteVectors());
        var store = services.GetRequiredService<IMemoryStore>();
        var ids = new IdSource(house.Clock, 1);
        var (gone, stays) = (house.Sample(Alice, ids), house.Sample(Bob, ids));
        await store.CommitAsync(Alice, gone, Token);
        await store.CommitAsync(Bob, stays, Token);

        await store.CommitAsync(Alice, new MemoryChanges { RemovedResources = [gone.Resources[0].Resource.Id] }, Token);

        Assert.Equal([stays.Items[0].Id], house.Query("SELECT id FROM loose_vectors"));
    }

    [Fact]
    public async Task The_catalog_and_the_operators_view_are_the_store()
    {
        await using var services = Build(b => b.UseSqlite(Path.Combine(house.Folder, "first.db")).UseSqlite(house.File));

        var store = Assert.IsType<SqlMemoryStore>(services.GetRequiredService<IMemoryStore>());
        Assert.Same(store, services.GetRequiredService<IMemoryCatalog>());
        await store.MigrateAsync(Token);
        Assert.Equal([house.File], store.Locations.Take(1));
    }

    [Fact]
    public async Task A_closed_host_leaves_one_file()
    {
        await using (var services = Build(b => b.UseSqlite(house.File).UseSqliteVectors()))
        {
            await services.GetRequiredService<IMemoryStore>().CommitAsync(Alice, house.Sample(Alice, new IdSource(house.Clock, 1)), Token);
        }

        Assert.Equal(["memu.db"], house.Files);
    }

    [Fact]
    public void Vectors_in_the_file_need_the_file()
    {
        using var services = Build(b => b.UseSqliteVectors());

        var error = Assert.Throws<InvalidOperationException>(() => services.GetRequiredService<IVectorIndex>());
        Assert.Contains("UseSqlite(path)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_and_blobs_stand_beside_the_file_when_nothing_else_was_chosen()
    {
        await using var services = Build(b => b.UseSqlite(Path.Combine(house.Folder, "first", "memu.db")).UseSqlite(house.File));
        var store = services.GetRequiredService<IMemoryStore>();
        var changes = house.Sample(Alice, new IdSource(house.Clock, 1));
        Assert.True((await store.CommitAsync(Alice, changes, Token)).OwesVectors);
        var blob = await services.GetRequiredService<IBlobStore>().PutAsync(Alice, "bytes"u8.ToArray(), "a.txt", Token);

        await services.GetRequiredService<IVectorIndex>().ApplyAsync(Alice, new VectorChanges { Upserted = changes.Vectors }, Token);

        Assert.True(File.Exists(Path.Combine(house.Folder, "vectors.json.journal")));
        Assert.True(File.Exists(Path.Combine(house.Folder, "resources", blob.Key)));
        Assert.False(Directory.Exists(Path.Combine(house.Folder, "first")));
    }

    [Fact]
    public void A_choice_of_vectors_and_blobs_wins_before_and_after()
    {
        using var before = Build(b => b.UseInMemoryVectors().UseInMemoryBlobs().UseSqlite(house.File));
        using var after = Build(b => b.UseSqlite(house.File).UseInMemoryVectors().UseInMemoryBlobs());
        using var everything = Build(b => b.UseSqlite(house.File).UseInMemory());

        foreach (var services in new[] { before, after, everything })
        {
            Assert.Equal("memory", services.GetRequiredService<IVectorIndex>().Provider);
            Assert.Equal("memory", services.GetRequiredService<IBlobStore>().Provider);
        }

        Assert.Equal("memory", everything.GetRequiredService<IMemoryStore>().Provider);
    }

    [Fact]
    public void Bad_options_are_refused_when_they_are_given()
    {
        Assert.Throws<ArgumentException>(() => Build(b => b.UseSqlite(" ")));
        Assert.Throws<ArgumentOutOfRangeException>(() => Build(b => b.UseSqlite(house.File, o => o.BusyTimeout = TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Build(b => b.UseSqlite(house.File, o => o.Durability = (SqliteDurability)7)));
    }

    private static ServiceProvider Build(Action<MemUBuilder> configure)
    {
        var services = new ServiceCollection();
        configure(services.AddMemU());
        return services.BuildServiceProvider();
    }
}
