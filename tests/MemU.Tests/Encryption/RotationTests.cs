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

        // Half of the spaces need the one key, half the other; the error says what to do.
        foreach (var key in new byte[] { 1, 2 })
        {
            var host = house.Open(key);
            var errors = new List<string>();
            foreach (var scope in All)
            {
                try
                {
                    Assert.Single((await host.Space(scope).ListResourcesAsync()).Items);
                }
                catch (MemoryStoreException e)
                {
                    errors.Add(e.Message);
                }
            }

            Assert.Equal(3, errors.Count);
            Assert.All(errors, e => Assert.Contains("memu master-key rotate", e, StringComparison.Ordinal));
        }

        Assert.Contains((await house.Open(2).Operator().CheckAsync()).Findings, f => f.Code == "unfinished-rotation");
        await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().RememberAsync(new MemoryScope("new"), "A note under a key that is going."));

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
        await CutShortAsync(after: 1);
        await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().Operator().RotateKeysAsync(Key(3)));
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
