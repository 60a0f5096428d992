using MemU.Files;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.Time.Testing;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>How long a look at the files of a database counts, and what ends it at once.</summary>
public sealed class RecentLookTests : IDisposable
{
    private const string Items = VectorCollections.Items;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public RecentLookTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "Elsewhere the files are looked at each time.");
        house.Looks = house.Clock;
    }

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_file_that_others_removed_is_missed_by_the_first_question_after_two_milliseconds()
    {
        var index = await OpenAsync();
        SqliteFiles.Delete(house.File);

        house.Clock.Advance(RecentLook.Lasting - TimeSpan.FromTicks(1));
        Assert.Equal(["a"], await NearestAsync(index));
        house.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Empty(await NearestAsync(index));
    }

    [Fact]
    public async Task Nothing_is_written_on_the_ground_of_an_earlier_look()
    {
        var index = await OpenAsync();
        SqliteFiles.Delete(house.File);

        await index.ApplyAsync(Alice, Vector("b"), Token);

        Assert.Equal(["b"], await NearestAsync(index));
        Assert.Equal(["b"], await NearestAsync(house.OpenIndex()));
    }

    [Fact]
    public async Task A_restore_that_has_committed_and_goes_on_stops_the_next_question()
    {
        var index = await OpenAsync();
        var there = house.OpenDatabase();
        await there.BackUpAsync(house.SubFolder("backup"), null, Token);
        using (await there.BeginReplacingAsync("memu restore", Token))
        {
            await there.RestoreAsync(house.SubFolder("backup"), null, Token);
            await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(index));
        }
    }

    [Theory]
    [InlineData("restore")]
    [InlineData("reset")]
    public async Task What_we_put_in_the_place_of_a_file_that_is_no_database_is_seen_by_the_next_question(string deed)
    {
        var index = await OpenAsync();
        house.Looks = new ObligingClock(house.Clock);
        var there = house.OpenDatabase();
        var backup = house.SubFolder("backup");
        await there.BackUpAsync(backup, null, Token);
        await house.OpenIndex().ApplyAsync(Alice, Vector("b"), Token);
        Assert.Equal(2, (await NearestAsync(index)).Count);
        await File.WriteAllBytesAsync(house.File, new byte[8192], Token);
        Assert.Equal(2, (await NearestAsync(index)).Count);

        await (deed == "restore" ? there.RestoreAsync(backup, null, Token) : there.ResetAsync(Token));

        Assert.Equal(deed == "restore" ? ["a"] : [], await NearestAsync(index));
    }

    [Fact]
    public async Task What_a_neighbour_commits_shows_nothing_of_him()
    {
        var index = await OpenAsync();
        await house.OpenIndex().ApplyAsync(Bob, Vector("CANARY"), Token);

        Assert.Equal(["a"], await NearestAsync(index));
        Assert.Equal(["a"], await NearestAsync(index));
    }

    [Fact]
    public async Task What_is_committed_in_the_same_instant_is_seen_by_the_next_question()
    {
        var index = await OpenAsync();
        var there = house.OpenIndex();
        for (var i = 0; i < 50; i++)
        {
            await there.ApplyAsync(Alice, Vector($"{i:00}"), Token);
            Assert.Equal(i + 2, (await NearestAsync(index)).Count);
        }
    }

    private static VectorChanges Vector(string id) =>
        new() { Upserted = [new VectorRecord { Collection = Items, Id = id, Vector = new float[] { 1, 0 }, Text = "text", Model = "m" }] };

    private static async Task<IReadOnlyList<string>> NearestAsync(SqliteVectorIndex index) =>
        [.. (await index.QueryAsync(Alice, new VectorQuery(Items, new float[] { 1, 0 }, 1_000), Token)).Hits.Select(h => h.Value)];

    /// <summary>A space with one vector, asked until the next question need not ask the database.</summary>
    private async Task<SqliteVectorIndex> OpenAsync()
    {
        var index = house.OpenIndex();
        await index.ApplyAsync(Alice, Vector("a"), Token);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(["a"], await NearestAsync(index));
        }

        return index;
    }

    /// <summary>A clock that goes on as soon as somebody waits for it.</summary>
    private sealed class ObligingClock(FakeTimeProvider clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = clock.CreateTimer(callback, state, dueTime, period);
            clock.Advance(dueTime + TimeSpan.FromTicks(1));
            return timer;
        }
    }
}
