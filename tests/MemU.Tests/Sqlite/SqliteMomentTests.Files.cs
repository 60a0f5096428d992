using MemU.Encryption;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>What comes, goes or is exchanged in the folder is seen though nothing was committed.</summary>
public sealed partial class SqliteMomentTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_others_removed_and_made_anew_is_the_one_that_is_used(bool isAsked)
    {
        var (_, index) = await OpenAsync();
        await AskWhenQuietAsync(index);
        SqliteFiles.Delete(house.File);
        await house.OpenIndex().ApplyAsync(Alice, Vector("b"), Token);

        if (isAsked)
        {
            Assert.Equal(["b"], await AskTwiceAsync(index));
        }

        await index.ApplyAsync(Alice, Vector("c"), Token);
        Assert.Equal(["b", "c"], await AskTwiceAsync(index));
        Assert.Equal(["b", "c"], await AskTwiceAsync(house.OpenIndex()));
    }

    [Fact]
    public async Task A_file_that_is_removed_holds_nothing_for_the_next_question()
    {
        var (_, index) = await OpenAsync();
        SqliteFiles.Delete(house.File);

        Assert.Empty(await NearestAsync(index));
    }

    [Fact]
    public async Task A_replacement_that_begins_or_was_left_half_done_stops_the_next_question()
    {
        var (_, index) = await OpenAsync();
        await AskWhenQuietAsync(index);
        using (await house.OpenDatabase().BeginReplacingAsync("memu restore", Token))
        {
            await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(index));
        }

        await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(index));
        File.Delete(house.File + ".unfinished");
        Assert.Equal(["a"], await AskTwiceAsync(index));
    }

    [Fact]
    public async Task What_this_host_left_half_replaced_stops_its_own_next_question()
    {
        var (database, index) = await OpenAsync();
        using (await database.BeginReplacingAsync("memu restore", Token))
        {
            await AskWhenQuietAsync(index);
        }

        await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(index));
    }

    [Theory]
    [InlineData("in the folder of the database")]
    [InlineData("in a folder that was there")]
    [InlineData("elsewhere")]
    public async Task Keys_that_appear_beside_plain_data_stop_the_next_question(string where)
    {
        var keys = Path.Combine(where == "elsewhere" ? house.SubFolder("else") : house.Folder, "keys");
        if (where == "in a folder that was there")
        {
            Directory.CreateDirectory(keys);
        }

        using var database = new SqliteDatabase(house.File, new SqliteOptions(), house.Clock, new PlainFolder(keys), house.Looks);
        var index = new SqliteVectorIndex(database, cache);
        await index.ApplyAsync(Alice, Vector("a"), Token);
        await AskWhenQuietAsync(index);

        Directory.CreateDirectory(keys);
        await File.WriteAllTextAsync(Path.Combine(keys, "encryption.json"), "{}", Token);
        await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(index));
    }

    [Fact]
    public async Task What_a_link_leads_to_is_looked_for_each_time()
    {
        Directory.CreateDirectory(Path.Combine(house.Folder, "elsewhere"));
        var link = Path.Combine(house.Folder, "link.db");
        var target = Path.Combine(house.Folder, "elsewhere", "memu.db");
        File.CreateSymbolicLink(link, target);
        var index = new SqliteVectorIndex(house.OpenDatabase(link), cache);
        await index.ApplyAsync(Alice, Vector("a"), Token);
        await AskWhenQuietAsync(index);

        SqliteFiles.Delete(target);
        await new SqliteVectorIndex(house.OpenDatabase(target), new SpaceVectorsCache(long.MaxValue, VectorSearchMode.Auto)).ApplyAsync(Alice, Vector("b"), Token);

        Assert.Equal(["b"], await AskTwiceAsync(index));
    }
}
