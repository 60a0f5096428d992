using MemU.Sqlite;
using MemU.Storage;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>What cannot be used is refused in clear words, and not one byte of it changes.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public static TheoryData<string> NoDatabases => ["hello", "{}", new string('x', 5000), "SQLite format 3\0 and then nothing of the kind"];

    public void Dispose() => house.Dispose();

    [Theory]
    [MemberData(nameof(NoDatabases))]
    public async Task A_file_that_is_no_database_is_refused(string content)
    {
        await File.WriteAllTextAsync(house.File, content, Token);

        await RefusedEverywhereAsync("not a SQLite database");

        Assert.Equal(content, await File.ReadAllTextAsync(house.File, Token));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        await house.Open().CommitAsync(Alice, house.Sample(Alice, new IdSource(house.Clock, 1)), Token);
        house.Run("INSERT INTO memu_schema VALUES (99, '0099_future', 1.0)");
        house.Close();
        var before = house.ReadBytes();

        await RefusedEverywhereAsync("version 99");

        Assert.Equal(before, house.ReadBytes());
    }

    [Fact]
    public async Task The_database_of_another_program_is_refused()
    {
        house.Run("CREATE TABLE invoices (id INTEGER PRIMARY KEY); INSERT INTO invoices VALUES (1)");
        var before = house.ReadBytes();

        await RefusedEverywhereAsync("another program");

        Assert.Equal(before, house.ReadBytes());
        await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().ResetAsync(Token));
        Assert.Equal(before, house.ReadBytes());
    }

    [Fact]
    public async Task A_folder_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(house.File);

        await RefusedEverywhereAsync("folder in its place");

        Assert.Empty(Directory.EnumerateFileSystemEntries(house.File));
    }

    [Fact]
    public async Task A_file_in_place_of_the_folder_is_refused()
    {
        await File.WriteAllTextAsync(house.File, "a note", Token);
        var store = house.Open(Path.Combine(house.File, "memu.db"));

        foreach (var attempt in new Func<Task>[]
        {
            () => store.MigrateAsync(Token),
            () => store.GetResourceByUrlAsync(Alice, "x", Token),
            () => store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token),
        })
        {
            var error = await Assert.ThrowsAsync<MemoryStoreException>(attempt);
            Assert.Contains($"'{house.File}' is a file", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal("unreadable-database", Assert.Single(await store.CheckAsync(Token).ToListAsync(Token)).Code);
        Assert.Equal("a note", await File.ReadAllTextAsync(house.File, Token));
    }

    [Fact]
    public async Task Only_for_damage_a_backup_or_a_new_beginning_is_the_remedy()
    {
        await File.WriteAllTextAsync(house.File, "not a database at all", Token);
        var damaged = Assert.Single(await house.Open().CheckAsync(Token).ToListAsync(Token));
        house.Close();
        File.Delete(house.File);
        house.Run("CREATE TABLE invoices (id INTEGER PRIMARY KEY)");
        var strange = Assert.Single(await house.Open().CheckAsync(Token).ToListAsync(Token));

        Assert.Contains("memu reset", damaged.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain("memu reset", strange.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_is_an_error_and_not_an_empty_space()
    {
        var ids = new IdSource(house.Clock, 1);
        var store = house.Open();
        for (var i = 0; i < 100; i++)
        {
            await store.CommitAsync(Alice, house.Sample(Alice, ids, new string('w', 500)), Token);
        }

        house.Close();
        var bytes = house.ReadBytes();
        bytes.AsSpan(4096 * 2).Fill(0xA5);
        await File.WriteAllBytesAsync(house.File, bytes, Token);

        store = house.Open();
        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token));
        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains(await store.CheckAsync(Token).ToListAsync(Token), f => f.Severity == FindingSeverity.Error);
        house.Close();
        Assert.Equal(bytes, house.ReadBytes());
    }

    [Fact]
    public async Task A_full_disk_leaves_everything_as_it_was()
    {
        var ids = new IdSource(house.Clock, 1);
        var database = house.OpenDatabase();
        var store = new MemU.Sql.SqlMemoryStore(database, holdsVectors: true, house.Clock);
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var before = await store.GetStatisticsAsync(Alice, Token);

        // The limit stays with the pooled connection, which the next commit takes.
        await using (var connection = await database.OpenForReadAsync(Token))
        {
            using var command = connection!.Connection.CreateCommand();
            command.CommandText = "PRAGMA max_page_count = 60";
            Assert.True((long)(await command.ExecuteScalarAsync(Token))! < 100);
        }

        var big = house.Sample(Alice, ids, new string('w', 1_000_000));
        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => store.CommitAsync(Alice, big, Token));

        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equivalent(before, await store.GetStatisticsAsync(Alice, Token));
        Assert.Null(await store.GetResourceByUrlAsync(Alice, big.Resources[0].Resource.Url, Token));
        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_stops_the_upgrade()
    {
        PythonFile.Make(house);
        var before = house.ReadBytes();

        // The name of the unfinished copy is taken by a folder.
        Directory.CreateDirectory(house.File + $".before-{MemU.Sqlite.SqliteSchema.Latest}-20251103T090000Z.bak.tmp");
        await Assert.ThrowsAsync<MemoryStoreException>(() => house.Open().MigrateAsync(Token));

        house.Close();
        Assert.Equal(before, house.ReadBytes());
    }

    [Fact]
    public void Making_the_parts_touches_nothing()
    {
        house.Open();
        house.OpenIndex();

        Assert.Empty(house.Files);
    }

    [Fact]
    public async Task Reading_where_no_file_is_finds_nothing_and_makes_none()
    {
        var store = house.Open(Path.Combine(house.Folder, "missing", "memu.db"));

        Assert.Empty((await store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items);
        Assert.Empty(await store.ListSpacesAsync(Token).ToListAsync(Token));
        Assert.Equal(0, (await store.GetStatisticsAsync(Alice, Token)).Items);
        Assert.False(await store.HasDataAsync(Token));
        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
        await using (await store.PauseWritesAsync(Token))
        {
        }

        await store.ResetAsync(Token);
        Assert.Empty(Directory.EnumerateFileSystemEntries(house.Folder));
    }

    private async Task RefusedEverywhereAsync(string words)
    {
        var store = house.Open();
        var changes = house.Sample(Alice, new IdSource(house.Clock, 1));
        foreach (var attempt in new Func<Task>[]
        {
            () => store.MigrateAsync(Token),
            () => store.GetResourceByUrlAsync(Alice, "x", Token),
            () => store.CommitAsync(Alice, changes, Token),
            () => house.OpenIndex().EnsureUsableAsync(Alice, Token),
        })
        {
            var error = await Assert.ThrowsAsync<MemoryStoreException>(attempt);
            Assert.Contains(house.File, error.Message, StringComparison.Ordinal);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
            Assert.Equal("sqlite", error.Provider);
            Assert.False(error.IsTransient);
        }

        var finding = Assert.Single(await store.CheckAsync(Token).ToListAsync(Token));
        Assert.Equal((FindingSeverity.Error, "unreadable-database"), (finding.Severity, finding.Code));
        Assert.True(await store.HasDataAsync(Token) || Directory.Exists(house.File));
        house.Close();
        Assert.Equal(Directory.Exists(house.File) ? [] : ["memu.db"], house.Files);
    }
}
