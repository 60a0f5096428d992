using System.Diagnostics;
using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Every store here has its own connections and its own queue, as another process would.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();
    private readonly IdSource ids;

    public ConcurrencyTests() => ids = new IdSource(house.Clock, 1);

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Eight_writers_at_once_lose_nothing_and_see_no_lock()
    {
        MemoryScope[] spaces = [Alice, Bob];
        var writers = Enumerable.Range(0, 8).Select(w => Task.Run(
            async () =>
            {
                var store = house.Open();
                for (var i = 0; i < 25; i++)
                {
                    await store.CommitAsync(spaces[w % 2], house.Sample(spaces[w % 2], ids), Token);
                    await store.ListItemsAsync(spaces[w % 2], ItemFilter.All, PageRequest.First, Token);
                }
            },
            Token));

        await Task.WhenAll(writers);

        var reader = house.Open();
        Assert.Equal(100, (await reader.GetStatisticsAsync(Alice, Token)).Items);
        Assert.Equal(100, (await reader.GetStatisticsAsync(Bob, Token)).Items);
        Assert.Empty(await reader.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_writer_waits_for_a_lock_of_another_program()
    {
        var store = house.Open();
        await store.MigrateAsync(Token);
        await using var other = new SqliteConnection($"Data Source={house.File};Pooling=False");
        await other.OpenAsync(Token);
        var transaction = other.BeginTransaction(deferred: false);

        var commit = Task.Run(() => store.CommitAsync(Alice, house.Sample(Alice, ids), Token), Token);
        await store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token);
        Assert.False(commit.IsCompleted);
        await transaction.RollbackAsync(Token);

        Assert.True((await commit).Revision > 0);
    }

    [Fact]
    public async Task A_lock_that_is_never_released_is_a_transient_error()
    {
        var database = new MemU.Sqlite.SqliteDatabase(house.File, new MemU.Sqlite.SqliteOptions { BusyTimeout = TimeSpan.FromSeconds(1) }, house.Clock);
        using var _ = database;
        var store = new MemU.Sql.SqlMemoryStore(database, holdsVectors: false, house.Clock);
        await store.MigrateAsync(Token);
        await using var pause = await house.Open().PauseWritesAsync(Token);

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => store.CommitAsync(Alice, house.Sample(Alice, ids), Token));

        Assert.True(error.IsTransient);
        Assert.Equal(0, (await store.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task Without_a_write_ahead_log_a_commit_waits_for_readers_as_long_as_was_asked()
    {
        house.Run("CREATE TABLE notes (text TEXT)");
        var connections = new SqliteConnections(house.File, new SqliteOptions { BusyTimeout = TimeSpan.FromSeconds(1) });
        using var reader = connections.OpenAlone();
        await using var reading = reader.BeginTransaction(deferred: true);
        reader.Number("SELECT COUNT(*) FROM notes");
        await using (var channel = connections.Open())
        {
            await using var write = await connections.BeginImmediateAsync(channel, SqlWriteKind.Small, Token);
            await using var insert = channel.Take("INSERT INTO notes VALUES ('new')", write, []);
            await insert.ExecuteAsync(Token);
            var start = Stopwatch.GetTimestamp();

            var error = await Assert.ThrowsAsync<SqliteException>(() => write.CommitAsync(Token));

            Assert.Equal(5, error.SqliteErrorCode);
            Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromSeconds(1));
            await reading.RollbackAsync(Token);
            await write.CommitAsync(Token);
        }

        Assert.Equal(["new"], house.Query("SELECT text FROM notes"));

        connections.Clear();
    }

    [Fact]
    public async Task A_connection_that_still_does_not_wait_for_the_disk_is_not_used_again()
    {
        house.Run("CREATE TABLE notes (text TEXT)");
        var connections = new SqliteConnections(house.File, new SqliteOptions { Durability = SqliteDurability.Full });
        var channel = connections.Open();
        var connection = (SqliteConnection)channel.Connection;
        var write = await connections.BeginImmediateAsync(channel, SqlWriteKind.MayBeLost, Token);
        raw.sqlite3_set_authorizer(
            connection.Handle, (object _, int action, string _, string _, string _, string _) => action == raw.SQLITE_PRAGMA ? raw.SQLITE_DENY : raw.SQLITE_OK, null);

        Assert.Throws<SqliteException>(write.Dispose);
        await channel.DisposeAsync();

        await using var next = connections.Open();
        Assert.Equal(2, ((SqliteConnection)next.Connection).Number("PRAGMA synchronous"));
        connections.Clear();
    }

    [Fact]
    public async Task Waiting_for_a_lock_can_be_cancelled()
    {
        var store = house.Open();
        await store.MigrateAsync(Token);
        await using var pause = await house.Open().PauseWritesAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var commit = Task.Run(() => store.CommitAsync(Alice, house.Sample(Alice, ids), cancel.Token), Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commit);
    }

    [Fact]
    public async Task A_pause_holds_back_the_writers_of_other_processes_too()
    {
        var (here, there) = (house.Open(), house.Open());
        await here.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var pause = await here.PauseWritesAsync(Token);

        var commit = Task.Run(() => there.CommitAsync(Alice, house.Sample(Alice, ids), Token), Token);
        Assert.Equal(1, (await there.GetStatisticsAsync(Alice, Token)).Items);
        Assert.False(commit.IsCompleted);
        await pause.DisposeAsync();

        await commit;
        Assert.Equal(2, (await here.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task Closing_folds_the_log_into_the_file()
    {
        await house.Open().CommitAsync(Alice, house.Sample(Alice, ids), Token);
        Assert.Contains("memu.db-wal", house.Files);

        house.Close();

        Assert.Equal(["memu.db"], house.Files);
        Assert.Equal(["1"], house.Query("SELECT COUNT(*) FROM memory_items"));
    }

    [Fact]
    public async Task A_file_that_was_removed_while_open_is_made_anew()
    {
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        foreach (var file in house.Files)
        {
            File.Delete(Path.Combine(house.Folder, file));
        }

        Assert.Equal(0, (await store.GetStatisticsAsync(Alice, Token)).Items);
        await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);

        Assert.Equal(["1"], house.Query("SELECT COUNT(*) FROM memory_items"));
    }

    [Theory]
    [InlineData(0, "1")]
    [InlineData(1, "2")]
    public async Task Durability_is_the_one_that_was_chosen(int durability, string synchronous)
    {
        var options = new MemU.Sqlite.SqliteOptions { Durability = (MemU.Sqlite.SqliteDurability)durability };
        using var database = new MemU.Sqlite.SqliteDatabase(house.File, options, house.Clock);
        await database.MigrateAsync(Token);
        await using var connection = await database.OpenForReadAsync(Token);
        using var command = connection!.Connection.CreateCommand();
        command.CommandText = "SELECT s.synchronous || ' ' || f.foreign_keys || ' ' || j.journal_mode FROM pragma_synchronous s, pragma_foreign_keys f, pragma_journal_mode j";

        Assert.Equal($"{synchronous} 1 wal", await command.ExecuteScalarAsync(Token));
    }
}
