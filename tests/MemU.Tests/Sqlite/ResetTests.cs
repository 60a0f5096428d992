using System.Text;
using MemU.Storage;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

public sealed class ResetTests : IDisposable
{
    private const string Canary = "CANARY-in-the-coal-mine";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();
    private readonly IdSource ids;

    public ResetTests() => ids = new IdSource(house.Clock, 1);

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_reset_leaves_no_word_in_any_byte()
    {
        PythonFile.Make(house);
        house.Run($"UPDATE memory_items SET summary = '{Canary}' WHERE id = 'i-alice'");
        var store = house.Open();
        await store.CommitAsync(Alice, house.Sample(Alice, ids, Canary), Token);
        Assert.True(await store.HasDataAsync(Token));
        Assert.Equal(4, store.Locations.Count);

        await store.ResetAsync(Token);
        await store.ResetAsync(Token);

        Assert.False(await store.HasDataAsync(Token));
        foreach (var file in house.Files)
        {
            Assert.DoesNotContain(Canary, Encoding.Latin1.GetString(await ReadAsync(file)), StringComparison.Ordinal);
        }

        house.Close();
        Assert.Equal(["memu.db"], house.Files);
    }

    [Fact]
    public async Task Those_who_have_the_file_open_go_on_with_an_empty_one()
    {
        var (here, there) = (house.Open(), house.Open());
        await there.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        var revision = (await there.GetVersionAsync(Alice, Token)).Revision;
        house.Clock.Advance(TimeSpan.FromSeconds(1));

        await here.ResetAsync(Token);

        Assert.Equal(0, (await there.GetStatisticsAsync(Alice, Token)).Items);
        Assert.Empty(await there.ListSpacesAsync(Token).ToListAsync(Token));
        await there.CommitAsync(Bob, house.Sample(Bob, ids), Token);
        Assert.True((await there.CommitAsync(Alice, house.Sample(Alice, ids), Token)).Revision > revision);
        Assert.Equal(1, (await here.GetStatisticsAsync(Bob, Token)).Items);
        Assert.Empty(await here.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_removed_with_its_side_files()
    {
        await File.WriteAllTextAsync(house.File, "ruined", Token);
        await File.WriteAllTextAsync(house.File + "-wal", "ruined too", Token);

        await house.Open().ResetAsync(Token);

        Assert.Empty(house.Files);
    }

    private async Task<byte[]> ReadAsync(string file)
    {
        await using var stream = new FileStream(Path.Combine(house.Folder, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }
}
