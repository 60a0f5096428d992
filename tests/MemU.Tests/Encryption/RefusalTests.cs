using MemU.InMemory;
using MemU.Tests.Edit;
using Microsoft.Extensions.DependencyInjection;
using static MemU.Tests.Encryption.CryptHouse;

namespace MemU.Tests.Encryption;

public sealed class RefusalTests : IAsyncDisposable
{
    private readonly CryptHouse house = new();

    public static TheoryData<string, byte?, byte?, string> Mismatches => new()
    {
        { "another key", 1, 2, "another master key" },
        { "no key", 1, null, "The data folder is encrypted" },
        { "a key for plain data", null, 1, "is not encrypted" },
    };

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [MemberData(nameof(Mismatches))]
    public async Task A_key_that_does_not_fit_is_refused_by_every_verb_and_not_a_byte_changes(string what, byte? first, byte? then, string says)
    {
        // Opened while the folder is empty, so that the verbs themselves have to notice.
        var host = house.Open(then, VectorsInside);
        var (space, maintenance) = (host.Space(Alice), host.Operator());
        string backup;
        await using (var filler = house.Open(first, VectorsInside))
        {
            await filler.RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
            backup = (await filler.Operator().BackUpAsync(house.At("backups"))).Folder;
        }

        var before = house.Fingerprint();
        var verbs = new Func<Task>[]
        {
            () => host.RememberAsync(Alice, "Alice keeps a cat.", "other"),
            () => host.RememberAsync(Bob, "Bob keeps a cat."),
            () => space.RetrieveAsync("parrots"),
            () => space.ListItemsAsync(),
            () => space.ListResourcesAsync(),
            () => space.ListHistoryAsync(null),
            () => space.ExportAsync(new MemoryStream()),
            () => space.ReindexAsync(),
            () => space.CreateItemAsync(new() { Summary = "Alice keeps a cat" }),
            () => host.Store().GetVersionAsync(Alice, default),
            () => host.Store().GetResourceByUrlAsync(Alice, "text:note", default),
            () => host.Store().GetItemsBySummaryAsync(Alice, ["x"], default),
            () => host.Store().GetLinksAsync(Alice, ["x"], default),
            () => host.Store().ListOwedVectorsAsync(Alice, 5, default),
            () => host.Store().GetStatisticsAsync(Alice, default),
            () => maintenance.MigrateAsync(),
            () => maintenance.BackUpAsync(house.At("more")),
            () => maintenance.RestoreAsync(backup, overwrite: true),
            () => maintenance.ResetAsync(),
            async () => await maintenance.ListSpacesAsync().ToListAsync(),
            async () => await maintenance.GetStatisticsAsync().ToListAsync(),
            () => maintenance.ReindexAsync(),
        };
        foreach (var verb in verbs)
        {
            var error = await Assert.ThrowsAnyAsync<MemUException>(verb);
            Assert.True(error.Message.Contains(says, StringComparison.Ordinal) || error.Message.Contains("encrypted", StringComparison.Ordinal), $"{what}: {error.Message}");
        }

        Assert.False((await maintenance.CheckAsync()).IsHealthy);
        await house.CloseAsync();
        Assert.Equal(before, house.Fingerprint());
        if (then is null)
        {
            // Programs that start now are told at once.
            Assert.Contains(says, Assert.Throws<MemoryStoreException>(() => house.Open(then, VectorsInside).Space(Alice)).Message, StringComparison.Ordinal);
        }

        Assert.Single((await house.Open(first, VectorsInside).Space(Alice).ListResourcesAsync()).Items);
    }

    [Fact]
    public async Task A_host_without_a_key_that_was_there_before_notices_that_the_folder_became_encrypted()
    {
        var plain = house.Open(key: null);
        _ = plain.Space(Alice);
        Assert.Empty((await plain.Space(Alice).ListItemsAsync()).Items);
        await house.Open().RememberAsync(Alice, "Alice keeps two parrots in Oslo.");

        Assert.Contains("encrypted", (await Assert.ThrowsAsync<MemoryStoreException>(() => plain.RememberAsync(Bob, "Bob keeps a cat."))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_a_key_notices_that_plain_data_was_put_into_its_empty_folder()
    {
        var host = house.Open();
        Assert.Empty((await host.Space(Alice).ListItemsAsync()).Items);
        await house.Open(key: null).RememberAsync(Bob, "Bob keeps a cat.");

        await Assert.ThrowsAsync<MemoryStoreException>(() => host.RememberAsync(Alice, "Alice keeps two parrots in Oslo."));
        Assert.False(File.Exists(Path.Combine(house.Keys, "encryption.json")));
    }

    [Fact]
    public async Task Keys_that_were_lost_are_not_made_anew_over_what_they_encrypted()
    {
        await house.Open().RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        await house.CloseAsync();
        File.Delete(Path.Combine(house.Keys, $"{Alice.Key}.json"));
        var host = house.Open();

        Assert.Contains("is gone", (await Assert.ThrowsAsync<MemoryStoreException>(() => host.Space(Alice).ListItemsAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("is gone", (await Assert.ThrowsAsync<MemoryStoreException>(() => host.RememberAsync(Alice, "Alice keeps a cat."))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(house.Keys, $"{Alice.Key}.json")));
        await host.RememberAsync(Bob, "Bob keeps a cat.");

        Directory.Delete(house.Keys, recursive: true);
        await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().Space(Alice).ListItemsAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{ \"format\": \"memu-space-key\", \"version\": 2, \"space\": \"x\", \"master_key\": \"y\", \"wrapped\": \"\" }")]
    public async Task A_damaged_key_file_is_named(string content)
    {
        await house.Open().RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        var file = Path.Combine(house.Keys, $"{Alice.Key}.json");
        await File.WriteAllTextAsync(file, content);

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().Space(Alice).ListItemsAsync());
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains((await house.Open().Operator().CheckAsync()).Findings, f => f.Code == "bad-key");
    }

    [Fact]
    public async Task The_key_file_of_one_space_is_none_for_another()
    {
        await house.Open().RememberAsync(Alice, "Alice keeps two parrots in Oslo.");
        await house.Open().RememberAsync(Bob, "Bob keeps a cat.");
        var (alice, bob) = (Path.Combine(house.Keys, $"{Alice.Key}.json"), Path.Combine(house.Keys, $"{Bob.Key}.json"));
        await File.WriteAllTextAsync(alice, (await File.ReadAllTextAsync(bob)).Replace(Bob.Key, Alice.Key, StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().Space(Alice).ListItemsAsync());
        Assert.Contains("unwrapped", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_cannot_be_encrypted_are_refused()
    {
        var json = house.Open(1, m => m.UseJsonFileVectors(house.At("vectors.json")));
        Assert.Contains("UseSqliteVectors", Assert.Throws<InvalidOperationException>(() => json.GetRequiredService<MemoryService>()).Message, StringComparison.Ordinal);
        var own = house.Open(1, m => m.Services.AddSingleton(MeddlingStore.Over(new InMemoryStore(), () => Task.CompletedTask)));
        Assert.Contains("metadata", Assert.Throws<InvalidOperationException>(() => own.GetRequiredService<MemoryService>()).Message, StringComparison.Ordinal);
        var homeless = Assert.Throws<InvalidOperationException>(() => MemUHost.Create(m => m.UseEncryption(_ => ValueTask.FromResult(Key(1)))));
        Assert.Contains("UseSqlite", homeless.Message, StringComparison.Ordinal);
    }

    private static void VectorsInside(MemUBuilder builder) => builder.UseSqliteVectors();
}
