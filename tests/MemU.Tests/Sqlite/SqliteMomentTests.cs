using System.Diagnostics;
using System.Runtime.CompilerServices;
using MemU.Encryption;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Testing;
using MemU.Tests.Encryption;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>What tells without a question to the database whether anything was committed.</summary>
public sealed partial class SqliteMomentTests : IDisposable
{
    private const string Items = VectorCollections.Items;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly SqliteHouse house = new();
    private readonly SpaceVectorsCache cache = new(long.MaxValue, VectorSearchMode.Auto);

    public SqliteMomentTests() => Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Elsewhere the database is asked each time.");

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task It_stays_the_same_until_somebody_commits_and_what_is_held_is_known_by_it()
    {
        var (database, index) = await OpenAsync();
        var moment = Known(database);

        Assert.Equal(["a"], await NearestAsync(index));
        await index.ListAsync(Alice, Items, Token).ToListAsync(Token);
        Assert.Equal(moment, Known(database));
        Assert.NotNull(cache.Find(Alice, Items, moment));
        Assert.Null(cache.Find(Bob, Items, moment));
    }

    [Theory]
    [InlineData("this host, to the space")]
    [InlineData("this host, to a neighbour")]
    [InlineData("another host")]
    [InlineData("another program")]
    [InlineData("another program that folds the log in before and after")]
    [InlineData("another program that empties and rewrites the file")]
    [InlineData("a process of its own")]
    public async Task Whoever_commits_changes_it(string who)
    {
        var (database, index) = await OpenAsync();
        var moment = Known(database);
        const string Write = "UPDATE spaces SET epoch = random(); UPDATE loose_vectors SET id = 'b'";
        switch (who)
        {
            case "this host, to the space":
                await index.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "a")], Upserted = Vector("b").Upserted }, Token);
                break;
            case "this host, to a neighbour":
                await index.ApplyAsync(Bob, Vector("CANARY"), Token);
                break;
            case "another host":
                await house.OpenIndex().ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "a")], Upserted = Vector("b").Upserted }, Token);
                break;
            case "another program":
                house.Run(Write);
                break;
            case "another program that folds the log in before and after":
                house.Run($"PRAGMA wal_checkpoint(TRUNCATE); {Write}; PRAGMA wal_checkpoint(TRUNCATE)");
                break;
            case "another program that empties and rewrites the file":
                house.Run($"{Write}; VACUUM; PRAGMA wal_checkpoint(RESTART)");
                break;
            default:
                using (var other = Process.Start(Needs.Python(), ["-c", $"import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.executescript(\"{Write}\"); c.close()", house.File]))
                {
                    await other.WaitForExitAsync(Token);
                    Assert.Equal(0, other.ExitCode);
                }

                break;
        }

        Assert.NotEqual(moment, database.Moment());
        Assert.Equal([who == "this host, to a neighbour" ? "a" : "b"], await NearestAsync(index));
        Assert.Equal([who == "this host, to a neighbour" ? "a" : "b"], await NearestAsync(index));
    }

    [Fact]
    public async Task Hundreds_of_commits_of_others_are_each_seen_by_the_next_question()
    {
        var (_, index) = await OpenAsync();
        var there = house.OpenIndex();
        for (var i = 0; i < 400; i++)
        {
            await there.ApplyAsync(Alice, Vector($"{i:000}"), Token);
            Assert.Contains($"{i:000}", await NearestAsync(index));
            Assert.Equal(i + 2, (await NearestAsync(index)).Count);
            if (i % 50 == 49)
            {
                house.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(56, 1)]
    [InlineData(0, 96)]
    public async Task A_head_that_a_writer_left_half_written_is_none_until_the_next_question_has_mended_it(int at, int bytes)
    {
        var (database, index) = await OpenAsync();
        var moment = Known(database);
        await house.OpenIndex().ApplyAsync(Alice, Vector("b"), Token);

        // By a process of its own: whoever closes the file in this one drops its locks.
        const string Write = "import sys; f=open(sys.argv[1],'r+b'); f.seek(int(sys.argv[2])); f.write(bytes([255])*int(sys.argv[3])); f.close()";
        using (var other = Process.Start(Needs.Python(), ["-c", Write, house.File + "-shm", $"{at}", $"{bytes}"]))
        {
            await other.WaitForExitAsync(Token);
            Assert.Equal(0, other.ExitCode);
        }

        Assert.Null(database.Moment());
        Assert.Equal(["a", "b"], await AskTwiceAsync(index));
        Assert.True(Known(database) > moment);
    }

    [Fact]
    public async Task A_reset_a_restore_and_an_erasure_by_this_host_or_another_leave_nothing_of_before()
    {
        var (database, index) = await OpenAsync();
        var backup = house.SubFolder("backup");
        await database.BackUpAsync(backup, null, Token);
        foreach (var other in new[] { database, house.OpenDatabase() })
        {
            Assert.Equal(["a"], await AskTwiceAsync(index));
            await other.ResetAsync(Token);
            Assert.Empty(await AskTwiceAsync(index));

            await other.RestoreAsync(backup, null, Token);
            Assert.Equal(["a"], await AskTwiceAsync(index));

            await new Sql.SqlMemoryStore(other, holdsVectors: true, house.Clock).EraseAsync(Alice, Token);
            Assert.Empty(await AskTwiceAsync(index));
            await other.ScrubAsync([Alice], Token);
            Assert.Empty(await AskTwiceAsync(index));
            await other.RestoreAsync(backup, null, Token);
        }
    }

    [Fact]
    public async Task When_its_connections_are_closed_another_begins_that_was_never_given_before()
    {
        var (database, index) = await OpenAsync();
        var moment = Known(database);

        // Nobody else has the file open: SQLite gives up its memory, and the files of the log go.
        database.Dispose();
        Assert.DoesNotContain("memu.db-shm", house.Files);
        Assert.Null(database.Moment());

        Assert.Equal(["a"], await AskTwiceAsync(index));
        Assert.True(Known(database) > moment);
    }

    [Fact]
    public async Task A_connection_that_fails_takes_its_memory_along_and_the_next_one_shows_it_again()
    {
        var (database, index) = await OpenAsync();
        var moment = Known(database);

        // It goes back with an open transaction, and so is closed.
        await using (var channel = await database.OpenForReadAsync(Token))
        {
            ((Microsoft.Data.Sqlite.SqliteConnection)channel!.Connection).Run("BEGIN");
        }

        Assert.Null(database.Moment());
        Assert.Equal(["a"], await AskTwiceAsync(index));
        Assert.True(Known(database) > moment);
    }

    [Fact]
    public async Task Questions_are_answered_while_connections_are_closed_and_opened_by_others()
    {
        var (database, index) = await OpenAsync();
        var asking = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                Assert.Equal(["a"], await NearestAsync(index));
            }
        })).ToList();
        while (!Task.WhenAll(asking).IsCompleted)
        {
            await using (var channel = await database.OpenForReadAsync(Token))
            {
                ((Microsoft.Data.Sqlite.SqliteConnection)channel!.Connection).Run("BEGIN");
            }

            database.Dispose();
        }

        await Task.WhenAll(asking);
    }

    [Fact]
    public async Task A_connection_that_nobody_gave_back_leaves_its_memory_as_it_is()
    {
        var (database, _) = await OpenAsync();
        var moment = Known(database);

        await LoseAsync();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Contains("memu.db-shm", await File.ReadAllTextAsync("/proc/self/maps", Token));
        Assert.Equal(moment, database.Moment());

        [MethodImpl(MethodImplOptions.NoInlining)]
        async Task LoseAsync() => Assert.NotNull(await database.OpenForReadAsync(Token));
    }

    [Fact]
    public async Task A_commit_between_what_a_question_asks_first_and_what_it_finds_is_seen_by_the_next_one()
    {
        await OpenAsync();
        var meddles = false;
        var index = new SqliteVectorIndex(house.OpenDatabase(), cache, new MeddlingSeals(() =>
        {
            // Asked when the version was read, before what is held is remembered as that of the moment.
            if (meddles)
            {
                house.Run("UPDATE spaces SET epoch = epoch + 1; UPDATE loose_vectors SET id = 'b' WHERE id = 'a'");
            }

            return true;
        }));
        Assert.Equal(["a"], await AskTwiceAsync(index));
        await index.ApplyAsync(Bob, Vector("CANARY"), Token);

        meddles = true;
        await NearestAsync(index);
        meddles = false;
        Assert.Equal(["b"], await AskTwiceAsync(index));
    }

    [Fact]
    public async Task What_is_held_of_a_space_whose_key_is_gone_is_not_shown_though_nothing_was_committed()
    {
        await using var crypt = new CryptHouse();
        var index = new SqliteVectorIndex(house.OpenDatabase(), cache, new EncryptedVectors(crypt.Open().SpaceKeys()));
        await index.ApplyAsync(Alice, Vector("a"), Token);
        await AskWhenQuietAsync(index);

        await crypt.Open().SpaceKeys().DestroyKeyAsync(Alice, Token);

        await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(index));
    }

    [Fact]
    public async Task Without_a_write_ahead_log_there_is_none_and_the_database_is_asked()
    {
        var (database, index) = await OpenAsync();
        database.Dispose();
        house.Run("PRAGMA journal_mode = DELETE");

        Assert.Equal(["a"], await AskTwiceAsync(index));
        Assert.Null(database.Moment());
        await house.OpenIndex().ApplyAsync(Alice, Vector("b"), Token);
        Assert.Equal(["a", "b"], await AskTwiceAsync(index));
    }

    private static VectorChanges Vector(string id) =>
        new() { Upserted = [new VectorRecord { Collection = Items, Id = id, Vector = new float[] { 1, 0 }, Text = "text", Model = "m" }] };

    private static async Task<IReadOnlyList<string>> NearestAsync(SqliteVectorIndex index) =>
        [.. (await index.QueryAsync(Alice, new VectorQuery(Items, new float[] { 1, 0 }, 1_000), Token)).Hits.Select(h => h.Value)];

    private static async Task<IReadOnlyList<string>> AskTwiceAsync(SqliteVectorIndex index)
    {
        var first = await NearestAsync(index);
        Assert.Equal(first, await NearestAsync(index));
        return first;
    }

    /// <summary>Asks when nothing has come or gone beside the database for so long that looking at its folder tells.</summary>
    private async Task AskWhenQuietAsync(SqliteVectorIndex index)
    {
        // It is asked first in each round: at the end of the second it has found the folder the same for the whole of it.
        for (var round = 0; round < 2; round++)
        {
            var folder = new QuietFolder(house.Folder, TimeProvider.System);
            do
            {
                await NearestAsync(index);
            }
            while (folder.BeginLook() is null);
        }

        await AskTwiceAsync(index);
    }

    private static long Known(SqliteDatabase database) => database.Moment() ?? throw new InvalidOperationException("The moment is not known.");

    /// <summary>A space with one vector, asked once.</summary>
    private async Task<(SqliteDatabase Database, SqliteVectorIndex Index)> OpenAsync()
    {
        var database = house.OpenDatabase();
        var index = new SqliteVectorIndex(database, cache);
        await index.ApplyAsync(Alice, Vector("a"), Token);
        Assert.Equal(["a"], await AskTwiceAsync(index));
        return (database, index);
    }
}
