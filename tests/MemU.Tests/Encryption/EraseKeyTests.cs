using MemU.Encryption;
using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Tests.Edit;
using static MemU.Tests.Encryption.CryptHouse;

namespace MemU.Tests.Encryption;

public sealed class EraseKeyTests : IAsyncDisposable
{
    private readonly CryptHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_leftover_that_cannot_be_destroyed_is_named_and_holds_nobody_up_when_it_is_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link that leads to itself.");
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        var leftover = Path.Combine(house.Keys, "left.tmp");
        File.CreateSymbolicLink(leftover, leftover);

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => host.RememberAsync(Bob, "Bob keeps a cat."));
        Assert.Contains("left.tmp", error.Message, StringComparison.Ordinal);

        File.Delete(leftover);
        await house.Open().RememberAsync(Bob, "Bob keeps a cat.");
    }

    [Fact]
    public async Task Without_its_key_a_space_cannot_be_read_and_its_neighbour_can()
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        await host.RememberAsync(Bob, "Bob keeps a cat.");

        await host.SpaceKeys().DestroyKeyAsync(Alice, default);
        await host.SpaceKeys().DestroyKeyAsync(Alice, default);

        foreach (var any in new[] { host, house.Open() })
        {
            Assert.Contains("is gone", (await Assert.ThrowsAsync<MemoryStoreException>(() => any.Space(Alice).ListItemsAsync())).Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<MemoryStoreException>(() => any.Space(Alice).RetrieveAsync("parrots"));
            Assert.NotEmpty((await any.Space(Bob).RetrieveAsync("cat")).Evidence);
        }

        Assert.False(File.Exists(Path.Combine(house.Keys, $"{Alice.Key}.json")));
    }

    [Fact]
    public async Task Another_process_that_has_the_key_in_memory_notices_within_one_operation()
    {
        var (here, there) = (house.Open(), house.Open());
        await here.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        Assert.NotEmpty((await there.Space(Alice).ListItemsAsync()).Items);
        Assert.NotEmpty((await there.Space(Alice).RetrieveAsync("parrots")).Evidence);

        await here.SpaceKeys().DestroyKeyAsync(Alice, default);

        await Assert.ThrowsAsync<MemoryStoreException>(() => there.Space(Alice).RetrieveAsync("parrots"));
        await Assert.ThrowsAsync<MemoryStoreException>(() => there.Space(Alice).ListItemsAsync());
        await Assert.ThrowsAsync<MemoryStoreException>(() => there.RememberAsync(Alice, "Alice keeps a cat.", "b"));
    }

    [Fact]
    public async Task A_commit_that_was_encrypted_before_the_space_was_erased_writes_nothing()
    {
        var (here, there) = (house.Open(), house.Open());
        await here.RememberAsync(Bob, "Bob keeps a cat.");
        var database = new SqliteDatabase(Path.Combine(house.Data, "memu.db"), new SqliteOptions(), TimeProvider.System);
        var inner = MeddlingStore.Over(
            new SqlMemoryStore(database, holdsVectors: true, TimeProvider.System, new EncryptedVectors(there.SpaceKeys())),
            () => here.SpaceKeys().DestroyKeyAsync(Alice, default));
        var store = new EncryptedMemoryStore(inner, there.SpaceKeys());

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => store.CommitAsync(Alice, OneCategory(Alice), default));
        Assert.Equal("0", Assert.Single(house.Sql("SELECT COUNT(*) FROM categories WHERE user_id = 'alice'")));

        await store.CommitAsync(Alice, OneCategory(Alice), default);
        Assert.Equal("boats", Assert.Single((await here.Space(Alice).ListCategoriesAsync()).Items).Name);
        database.Dispose();
    }

    [Fact]
    public async Task A_space_that_was_erased_begins_anew_with_another_key()
    {
        var (here, there) = (house.Open(), house.Open());
        await there.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        var before = await there.SpaceKeys().GetAsync(Alice, default);
        await here.Operator().EraseAsync(Alice);
        Assert.False(File.Exists(Path.Combine(house.Keys, $"{Alice.Key}.json")));

        await here.RememberAsync(Alice, "Alice keeps a cat.");

        Assert.NotEmpty((await there.Space(Alice).RetrieveAsync("cat")).Evidence);
        Assert.False((await there.SpaceKeys().GetAsync(Alice, default))!.HasKeyOf(before!));
    }

    [Fact]
    public async Task A_space_whose_key_is_gone_can_still_be_erased()
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        await host.RememberAsync(Bob, "Bob works as a teacher in Lisbon.");
        await host.SpaceKeys().DestroyKeyAsync(Alice, default);

        var receipt = await host.Operator().EraseAsync(Alice);

        Assert.Equal((1, 1), (Assert.Single(receipt.Spaces).Rows.Resources, receipt.Spaces[0].Blobs));
        Assert.True((await host.Operator().CheckAsync()).IsHealthy);
        Assert.Empty((await host.Operator().CheckErasedAsync()).Findings);
        await host.RememberAsync(Alice, "Alice works as a carpenter.");
        Assert.NotEmpty((await host.Space(Alice).RetrieveAsync("carpenter")).Evidence);
    }

    [Fact]
    public async Task A_reset_takes_the_keys_with_it_and_the_folder_can_be_used_again_without()
    {
        var host = house.Open();
        await host.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");

        await host.Operator().ResetAsync();

        Assert.False(Directory.Exists(house.Keys));
        await house.Open(key: null).RememberAsync(Alice, "Alice keeps a cat.");
    }

    private static MemoryChanges OneCategory(MemoryScope scope) => new()
    {
        Categories = [new MemoryCategory { Scope = scope, Id = "c1", Name = "boats", Description = "Boats", CreatedAt = DateTimeOffset.UnixEpoch }],
    };
}
