using MemU.Encryption;
using MemU.Maintenance;
using static MemU.Tests.Encryption.CryptHouse;

namespace MemU.Tests.Encryption;

public sealed class RotationTests : IAsyncDisposable
{
    private static readonly MemoryScope[] All = [.. Enumerable.Range(0, 6).Select(i => new MemoryScope($"user-{i}"))];
    private readonly CryptHouse house = new();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_rotation_rewrites_the_keys_and_no_data()
    {
        await FillAsync();
        await house.CloseAsync();
        var before = house.Fingerprint(but: "keys");

        Assert.Equal(All.Length, await house.Open().Operator().RotateKeysAsync(Key(2)));
        await house.CloseAsync();

        Assert.Equal(before, house.Fingerprint(but: "keys"));
        await AssertReadableAsync(2);
        await AssertRefusedAsync(1);
        await house.Open(2).RememberAsync(new MemoryScope("new"), "The new one keeps a cat.");
        Assert.True((await house.Open(2).Operator().CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task Hosts_with_the_old_key_fail_with_their_next_read_and_write()
    {
        await FillAsync();
        var (old, rotating) = (house.Open(), house.Open());
        Assert.Single((await old.Space(All[0]).ListResourcesAsync()).Items);

        await rotating.Operator().RotateKeysAsync(Key(2));

        Assert.Contains("another master key", (await Assert.ThrowsAsync<MemoryStoreException>(() => old.Space(All[0]).ListResourcesAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("another master key", (await Assert.ThrowsAsync<MemoryStoreException>(() => old.RememberAsync(All[0], "A second note.", "b"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<MemoryStoreException>(() => old.RememberAsync(new MemoryScope("new"), "A first note."));

        // The host that rotated goes on.
        await rotating.RememberAsync(All[0], "A second note.", "b");
        Assert.Equal(2, (await house.Open(2).Space(All[0]).ListResourcesAsync()).Items.Count);
    }

    [Fact]
    public async Task A_rotation_that_was_cut_short_goes_on_when_it_is_started_again()
    {
        await FillAsync();
        await CutShortAsync(after: 3);

        // The old key still opens everything, and the new one nothing.
        await AssertReadableAsync(1);
        await AssertRefusedAsync(2);
        Assert.Contains((await house.Open().Operator().CheckAsync()).Findings, f => f.Code == "unfinished-rotation");
        await house.Open().RememberAsync(All[0], "A second note.", "b");

        Assert.Equal(3, await house.Open().Operator().RotateKeysAsync(Key(2)));
        await AssertReadableAsync(2);
        await AssertRefusedAsync(1);
    }

    [Fact]
    public async Task A_rotation_that_was_cut_short_after_the_switch_is_finished_too()
    {
        await FillAsync();
        await CutShortAsync(after: All.Length);
        await house.CloseAsync();

        // The kill came just after the mark.
        var mark = Path.Combine(house.Keys, "encryption.json");
        var (old, next) = (new MasterKey(Key(1), "1").Id, new MasterKey(Key(2), "2").Id);
        await File.WriteAllTextAsync(mark, $$"""{"format": "memu-encryption", "version": 1, "master_key": "{{next}}", "former_master_key": "{{old}}"}""");
        await AssertReadableAsync(2);
        Assert.Contains((await house.Open(2).Operator().CheckAsync()).Findings, f => f.Code == "unfinished-rotation");

        Assert.Equal(0, await house.Open().Operator().RotateKeysAsync(Key(2)));

        await AssertReadableAsync(2);
        await AssertRefusedAsync(1);
        Assert.True((await house.Open(2).Operator().CheckAsync()).IsHealthy);
        Assert.DoesNotContain(Directory.GetFiles(house.Keys, "*.json"), f => File.ReadAllText(f).Contains(old, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rotation_that_an_earlier_version_left_half_way_is_finished()
    {
        await FillAsync();
        var before = All.Take(3).ToDictionary(s => Path.Combine(house.Keys, $"{s.Key}.json"), s => File.ReadAllText(Path.Combine(house.Keys, $"{s.Key}.json")));
        await house.Open().Operator().RotateKeysAsync(Key(2));
        await house.CloseAsync();
        foreach (var (file, content) in before)
        {
            await File.WriteAllTextAsync(file, content);
        }

        await File.WriteAllTextAsync(
            Path.Combine(house.Keys, "encryption.json"),
            $$"""{"format": "memu-encryption", "version": 1, "master_key": "{{new MasterKey(Key(2), "2").Id}}", "former_master_key": "{{new MasterKey(Key(1), "1").Id}}"}""");
        Assert.Contains("memu master-key rotate", (await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open(2).Space(All[0]).ListResourcesAsync())).Message, StringComparison.Ordinal);

        Assert.Equal(3, await house.Open().Operator().RotateKeysAsync(Key(2)));

        await AssertReadableAsync(2);
        await AssertRefusedAsync(1);
    }

    [Fact]
    public async Task A_rotation_that_was_cut_short_can_be_turned_back()
    {
        await FillAsync();
        await CutShortAsync(after: 2);

        await house.Open(2).Operator().RotateKeysAsync(Key(1));

        await AssertReadableAsync(1);
        await AssertRefusedAsync(2);
        Assert.True((await house.Open().Operator().CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task After_a_rotation_that_was_cut_short_another_key_may_be_taken()
    {
        await FillAsync();
        await CutShortAsync(after: 2);

        await house.Open().Operator().RotateKeysAsync(Key(3));

        await AssertReadableAsync(3);
        await AssertRefusedAsync(1);
        await AssertRefusedAsync(2);
        Assert.True((await house.Open(3).Operator().CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task A_rotation_with_keys_that_do_not_fit_changes_nothing()
    {
        await FillAsync();
        await house.CloseAsync();
        var before = house.Fingerprint();

        Assert.Contains("another master key", (await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open(3).Operator().RotateKeysAsync(Key(2)))).Message, StringComparison.Ordinal);
        Assert.Contains("in use already", (await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().Operator().RotateKeysAsync(Key(1)))).Message, StringComparison.Ordinal);
        Assert.Contains("no key was given", Assert.Throws<MemoryStoreException>(() => house.Open(key: null).Operator()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => house.Open().Operator().RotateKeysAsync(new byte[31]));
        await house.CloseAsync();

        Assert.Equal(before, house.Fingerprint());
    }

    [Fact]
    public async Task A_backup_holds_the_wrapped_keys_and_opens_with_the_master_key_of_its_time()
    {
        await FillAsync();
        var backup = (await house.Open().Operator().BackUpAsync(house.At("backups"))).Folder;
        Assert.Equal(All.Length + 1, Directory.GetFiles(Path.Combine(backup, "keys")).Length);
        await house.Open().Operator().RotateKeysAsync(Key(2));
        await house.CloseAsync();
        var before = house.Fingerprint();

        var refused = await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open(2).Operator().RestoreAsync(backup, overwrite: true));
        Assert.Contains("another master key", refused.Message, StringComparison.Ordinal);
        await house.CloseAsync();
        Assert.Equal(before, house.Fingerprint());

        Directory.Delete(house.Data, recursive: true);
        await house.Open().Operator().RestoreAsync(backup, overwrite: false);
        await AssertReadableAsync(1);
    }

    private async Task FillAsync()
    {
        var host = house.Open();
        foreach (var scope in All)
        {
            await host.RememberAsync(scope, $"{scope.User} keeps two parrots in Oslo.");
        }
    }

    /// <summary>Stops a rotation after some keys, as a kill would.</summary>
    private async Task CutShortAsync(int after)
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.Open().Operator().RotateKeysAsync(Key(2), new Stop(after, stop), stop.Token));
    }

    private async Task AssertReadableAsync(byte key)
    {
        var host = house.Open(key);
        foreach (var scope in All)
        {
            Assert.NotEmpty((await host.Space(scope).RetrieveAsync("parrots")).Evidence);
        }
    }

    private async Task AssertRefusedAsync(byte key)
    {
        var host = house.Open(key);
        foreach (var scope in All)
        {
            await Assert.ThrowsAsync<MemoryStoreException>(() => host.Space(scope).RetrieveAsync("parrots"));
        }
    }

    private sealed class Stop(int after, CancellationTokenSource source) : IProgress<MaintenanceProgress>
    {
        public void Report(MaintenanceProgress value)
        {
            if (value.Done == after)
            {
                source.Cancel();
            }
        }
    }
}
