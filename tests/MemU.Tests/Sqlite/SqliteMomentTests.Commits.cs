using System.Globalization;
using MemU.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>The moment that a commit begins, and what is known by it.</summary>
public sealed partial class SqliteMomentTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(400)]
    [InlineData(4000)]
    public async Task A_commit_knows_the_moment_that_it_begins(int rows)
    {
        var (database, _) = await OpenAsync();
        var before = Known(database);
        await using var write = await database.BeginWriteAsync(Token);
        Assert.Null(write.Moment);
        await InsertAsync(write, rows);

        await write.CommitAsync();

        Assert.NotNull(write.Moment);
        Assert.NotEqual(before, write.Moment);
        Assert.Equal(database.Moment(), write.Moment);
    }

    [Theory]
    [InlineData("another host")]
    [InlineData("another program")]
    [InlineData("another program that folds the log in")]
    public async Task A_commit_after_which_somebody_has_committed_knows_none(string who)
    {
        var (database, _) = await OpenAsync();
        await using var write = await database.BeginWriteAsync(Token);
        await InsertAsync(write, 1);
        await write.CommitAsync();
        Assert.NotNull(write.Moment);

        switch (who)
        {
            case "another host":
                await house.OpenIndex().ApplyAsync(Bob, Vector("CANARY"), Token);
                break;
            case "another program":
                house.Run("UPDATE spaces SET epoch = random()");
                break;
            default:
                house.Run("PRAGMA wal_checkpoint(TRUNCATE); UPDATE spaces SET epoch = random(); PRAGMA wal_checkpoint(TRUNCATE)");
                break;
        }

        Assert.Null(write.Moment);
        Assert.NotNull(database.Moment());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("another host")]
    [InlineData("another host, to a neighbour")]
    [InlineData("this host, to a neighbour")]
    [InlineData("another program")]
    public async Task The_version_of_a_space_is_the_one_that_it_has_whoever_committed_last(string who)
    {
        await using var store = house.Open();
        await using var there = house.Open();
        var ids = new IdSource(house.Clock, 1);
        for (var i = 0; i < 3; i++)
        {
            var receipt = await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
            switch (who)
            {
                case "another host":
                    receipt = await there.CommitAsync(Alice, house.Sample(Alice, ids), Token);
                    break;
                case "another host, to a neighbour":
                    await there.CommitAsync(Bob, house.Sample(Bob, ids), Token);
                    break;
                case "this host, to a neighbour":
                    await store.CommitAsync(Bob, house.Sample(Bob, ids), Token);
                    break;
                case "another program":
                    house.Run("UPDATE spaces SET epoch = 7 WHERE user_id = 'alice'");
                    break;
            }

            // Twice: what is read from the database is remembered too.
            Assert.Equal(Stored(Alice), await store.GetVersionAsync(Alice, Token));
            Assert.Equal(Stored(Alice), await store.GetVersionAsync(Alice, Token));
            Assert.Equal(receipt.Revision, (await store.GetVersionAsync(Alice, Token)).Revision);
            Assert.Equal(Stored(Bob), await store.GetVersionAsync(Bob, Token));
        }
    }

    [Fact]
    public async Task The_version_that_a_commit_made_or_a_question_found_is_not_asked_for_until_somebody_commits()
    {
        var (database, _) = await OpenAsync();
        await using var store = new Sql.SqlMemoryStore(database, holdsVectors: false, house.Clock);
        await using var there = house.Open();
        var ids = new IdSource(house.Clock, 1);
        var asked = 0;
        await using (var channel = await database.OpenForReadAsync(Token))
        {
            // There is one connection only: whoever asks asks there.
            raw.sqlite3_trace(((SqliteConnection)channel!.Connection).Handle, new strdelegate_trace((_, _) => asked++), null);
        }

        var committed = await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        Assert.True(asked > 0);
        asked = 0;
        Assert.Equal(committed.Revision, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(0, asked);

        var other = await there.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        Assert.Equal(other.Revision, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(1, asked);
        Assert.Equal(other.Revision, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(1, asked);
    }

    private static Task InsertAsync(Sql.SqlWrite write, int rows) => write.InSpace(Alice).ExecuteAsync(
        $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) INSERT INTO owed_vectors (place, sequence, collection, id, vector, filler) SELECT i, i, 'items', 'x' || i, zeroblob(300), NULL FROM n",
        [], Token);

    private SpaceVersion Stored(MemoryScope scope) =>
        house.Query($"SELECT epoch || ' ' || revision FROM spaces WHERE user_id = '{scope.User}'") is [var row] && row.Split(' ') is [var epoch, var revision]
            ? new SpaceVersion(long.Parse(epoch, CultureInfo.InvariantCulture), long.Parse(revision, CultureInfo.InvariantCulture))
            : default;
}
