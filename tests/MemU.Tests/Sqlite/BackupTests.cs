using MemU.Sqlite;
using MemU.Storage;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

public sealed class BackupTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();
    private readonly IdSource ids;

    public BackupTests() => ids = new IdSource(house.Clock, 1);

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_backup_holds_what_is_still_in_the_log()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        Assert.True(new FileInfo(house.File + "-wal").Length > 0);
        var folder = house.SubFolder("backup");
        var copied = new List<long>();

        await store.BackUpAsync(folder, new Sink(copied), Token);

        var copy = Path.Combine(folder, "memu.db");
        Assert.Equal([copy], Directory.GetFiles(folder));
        Assert.Equal(["1"], house.Query("SELECT COUNT(*) FROM memory_items", copy));
        Assert.Equal(["delete"], house.Query("PRAGMA journal_mode", copy));
        Assert.Equal(new FileInfo(copy).Length, copied[^1]);
    }

    [Fact]
    public async Task A_backup_while_others_write_is_of_one_moment()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids, new string('w', 200_000)), Token);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writer = Task.Run(
            async () =>
            {
                var other = house.Open();
                for (var i = 0; i < 2000 && !stop.IsCancellationRequested; i++)
                {
                    await other.CommitAsync(Bob, house.Sample(Bob, ids), Token);
                }
            },
            Token);

        for (var i = 0; i < 5; i++)
        {
            var folder = house.SubFolder($"backup{i}");
            await store.BackUpAsync(folder, null, Token);
            var copy = Path.Combine(folder, "memu.db");
            Assert.Equal(["ok"], house.Query("PRAGMA integrity_check", copy));
            Assert.Empty(house.Query("PRAGMA foreign_key_check", copy));
            Assert.Equal(["1"], house.Query("SELECT (SELECT COUNT(*) FROM memory_items) = (SELECT COUNT(*) FROM passages)", copy));
        }

        await stop.CancelAsync();
        await writer;
    }

    [Fact]
    public async Task A_backup_is_made_while_writes_are_paused()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var folder = house.SubFolder("backup");

        await using (await store.PauseWritesAsync(Token))
        {
            await store.BackUpAsync(folder, null, Token);
        }

        Assert.Equal(["1"], house.Query("SELECT COUNT(*) FROM memory_items", Path.Combine(folder, "memu.db")));
    }

    [Fact]
    public async Task A_backup_of_nothing_restores_to_nothing()
    {
        var folder = house.SubFolder("backup");
        await house.Open(Path.Combine(house.Folder, "missing.db")).BackUpAsync(folder, null, Token);
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);

        await store.RestoreAsync(folder, null, Token);

        Assert.False(await store.HasDataAsync(Token));
        Assert.Empty(await store.ListSpacesAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_restore_replaces_everything_also_for_those_who_have_the_file_open()
    {
        var (here, there) = (house.Open(), house.Open());
        var first = house.Sample(Alice, ids);
        await here.CommitAsync(Alice, first, Token);
        var folder = house.SubFolder("backup");
        await here.BackUpAsync(folder, null, Token);
        await there.CommitAsync(Bob, house.Sample(Bob, ids), Token);
        await there.CommitAsync(Alice, new MemoryChanges { RemovedResources = [first.Resources[0].Resource.Id] }, Token);

        await here.RestoreAsync(folder, null, Token);

        Assert.Equal([Alice], await there.ListSpacesAsync(Token).ToListAsync(Token));
        Assert.Equal(first.Items[0].Id, Assert.Single((await there.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items).Id);
        await there.CommitAsync(Bob, house.Sample(Bob, ids), Token);
        Assert.Equal(1, (await here.GetStatisticsAsync(Bob, Token)).Items);
        Assert.Empty(await here.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_revision_is_not_used_twice_for_different_content()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var folder = house.SubFolder("backup");
        await store.BackUpAsync(folder, null, Token);
        house.Clock.Advance(TimeSpan.FromSeconds(1));
        var lost = (await store.CommitAsync(Alice, house.Sample(Alice, ids), Token)).Revision;
        house.Clock.Advance(TimeSpan.FromSeconds(1));

        await store.RestoreAsync(folder, null, Token);
        var after = (await store.CommitAsync(Alice, house.Sample(Alice, ids), Token)).Revision;

        Assert.True(after > lost);
    }

    [Fact]
    public async Task A_restore_makes_the_folder_and_the_file()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var folder = house.SubFolder("backup");
        await store.BackUpAsync(folder, null, Token);
        var elsewhere = house.Open(Path.Combine(house.Folder, "new", "place", "memu.db"));

        await elsewhere.RestoreAsync(folder, null, Token);

        Assert.Equal(1, (await elsewhere.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task A_damaged_or_missing_backup_changes_nothing()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var folder = house.SubFolder("backup");
        await store.BackUpAsync(folder, null, Token);
        var copy = Path.Combine(folder, "memu.db");
        var bytes = await File.ReadAllBytesAsync(copy, Token);
        bytes.AsSpan(4096 * 5).Fill(0xA5);
        await File.WriteAllBytesAsync(copy, bytes, Token);

        await Assert.ThrowsAsync<MemoryStoreException>(() => store.RestoreAsync(folder, null, Token));
        await Assert.ThrowsAsync<MemoryStoreException>(() => store.RestoreAsync(house.SubFolder("empty"), null, Token));

        Assert.Equal(1, (await store.GetStatisticsAsync(Alice, Token)).Items);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(copy, Token));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_restored_and_upgraded()
    {
        var folder = house.SubFolder("backup");
        var copy = Path.Combine(folder, "memu.db");
        PythonFile.Make(house, copy);
        var before = await File.ReadAllBytesAsync(copy, Token);
        var store = house.Open();
        await store.CommitAsync(Bob, house.Sample(Bob, ids), Token);

        await store.RestoreAsync(folder, null, Token);

        Assert.Equal([$"{SqliteSchema.Latest}"], house.Query("SELECT MAX(version) FROM memu_schema"));
        Assert.Equal("i-alice", (await store.GetItemsAsync(Alice, ["i-alice"], Token)).Single().Id);
        Assert.Equal(before, await File.ReadAllBytesAsync(copy, Token));
        house.Close();
        Assert.Equal([Path.Combine("backup", "memu.db"), "memu.db"], house.Files);
    }

    [Fact]
    public async Task A_restore_replaces_a_file_that_is_no_database()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var folder = house.SubFolder("backup");
        await store.BackUpAsync(folder, null, Token);
        house.Close();
        await File.WriteAllTextAsync(house.File, "ruined", Token);

        store = house.Open();
        await store.RestoreAsync(folder, null, Token);

        Assert.Equal(1, (await store.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task A_restore_does_not_overwrite_the_database_of_another_program()
    {
        var folder = house.SubFolder("backup");
        await house.Open(Path.Combine(house.Folder, "ours.db")).BackUpAsync(folder, null, Token);
        house.Run("CREATE TABLE invoices (id INTEGER PRIMARY KEY)");

        await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().RestoreAsync(folder, null, Token));

        Assert.Equal(["invoices"], house.Query("SELECT name FROM sqlite_master"));
    }

    private sealed class Sink(List<long> values) : IProgress<long>
    {
        public void Report(long value) => values.Add(value);
    }
}
