using System.Globalization;
using MemU.Sql;
using MemU.Storage;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>What was delivered is struck off in the database later, many debts at once.</summary>
public sealed class SettledDebtsTests : IDisposable
{
    private const string Rows = "SELECT COUNT(*) FROM owed_vectors";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();
    private readonly IdSource ids;

    public SettledDebtsTests() => ids = new IdSource(house.Clock, 1);

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_delivered_vector_is_owed_no_more_though_it_stands_there_until_the_store_is_closed()
    {
        var store = house.Open();
        await CommitAndSettleAsync(store, Alice);

        Assert.Equal(["1"], house.Query(Rows));
        Assert.False(await store.OwesVectorsAsync(Alice, Token));
        Assert.Empty(await store.ListOwedVectorsAsync(Alice, 10, Token));
        Assert.Equal(0, (await store.GetStatisticsAsync(Alice, Token)).OwedVectors);
        Assert.False((await store.CommitAsync(Alice, new MemoryChanges(), Token)).OwesVectors);

        await store.DisposeAsync();
        Assert.Equal(["0"], house.Query(Rows));
    }

    [Fact]
    public async Task Debts_do_not_pile_up()
    {
        await using var store = house.Open();
        for (var i = 0; i < 200; i++)
        {
            await CommitAndSettleAsync(store, i % 3 == 0 ? Bob : Alice);
            Assert.InRange(int.Parse(house.Query(Rows)[0], CultureInfo.InvariantCulture), 0, 66);
        }
    }

    [Fact]
    public async Task A_commit_says_what_it_owes_when_that_is_all()
    {
        await using var store = house.Open();
        var changes = house.Sample(Alice, ids);
        var first = await store.CommitAsync(Alice, changes, Token);
        var owed = Assert.Single(first.Owed!);
        Assert.Equal((await store.ListOwedVectorsAsync(Alice, 10, Token)).Select(o => (o.Sequence, o.Epoch, o.Id)), [(owed.Sequence, owed.Epoch, owed.Id)]);
        Assert.Same(changes.Vectors[0], owed.Record);

        var second = await store.CommitAsync(Alice, house.Sample(Alice, ids), Token);
        Assert.True(second.OwesVectors);
        Assert.Null(second.Owed);

        await store.SettleOwedVectorsAsync(Alice, await store.ListOwedVectorsAsync(Alice, 10, Token), Token);
        Assert.Single((await store.CommitAsync(Alice, house.Sample(Alice, ids), Token)).Owed!);
        Assert.Null((await store.CommitAsync(Alice, new MemoryChanges { RemovedResources = [changes.Resources[0].Resource.Id] }, Token)).Owed);
    }

    [Fact]
    public async Task A_later_debt_of_the_same_record_is_not_struck_off_with_an_earlier_one()
    {
        var store = house.Open();
        var changes = await CommitAndSettleAsync(store, Alice);
        await store.CommitAsync(Alice, new MemoryChanges { Vectors = [changes.Vectors[0] with { Vector = new float[] { 3, 4, 0 } }] }, Token);
        await store.DisposeAsync();

        await using var next = house.Open();
        var owed = Assert.Single(await next.ListOwedVectorsAsync(Alice, 10, Token));
        Assert.Equal([3, 4, 0], owed.Record!.Vector.ToArray());
    }

    [Fact]
    public async Task Debts_of_a_neighbour_stay_when_those_of_a_space_are_struck_off()
    {
        var store = house.Open();
        await store.CommitAsync(Bob, house.Sample(Bob, ids, "canary"), Token);
        await CommitAndSettleAsync(store, Alice);
        await store.DisposeAsync();

        await using var next = house.Open();
        Assert.Empty(await next.ListOwedVectorsAsync(Alice, 10, Token));
        Assert.Equal("canary", Assert.Single(await next.ListOwedVectorsAsync(Bob, 10, Token)).Record!.Text);
    }

    [Fact]
    public async Task Debts_that_were_made_after_a_reset_are_not_taken_for_those_before()
    {
        var store = house.Open();
        await CommitAndSettleAsync(store, Alice);
        await using var other = house.Open();
        await other.ResetAsync(Token);
        var after = house.Sample(Alice, ids, "after the reset");
        await other.CommitAsync(Alice, after, Token);

        // The sequence begins anew, so that it is the same number.
        Assert.Equal("after the reset", Assert.Single(await store.ListOwedVectorsAsync(Alice, 10, Token)).Record!.Text);
        await store.DisposeAsync();
        Assert.Equal("after the reset", Assert.Single(await other.ListOwedVectorsAsync(Alice, 10, Token)).Record!.Text);
    }

    [Fact]
    public async Task Many_debts_are_struck_off_with_the_next_commit_of_their_space()
    {
        await using var store = house.Open();
        var vector = house.Sample(Alice, ids).Vectors[0];
        MemoryChanges Changes(string word) => new() { Vectors = [.. Enumerable.Range(0, 100).Select(i => vector with { Id = $"{word} {i}" })] };
        await store.SettleOwedVectorsAsync(Alice, (await store.CommitAsync(Alice, Changes("one"), Token)).Owed!, Token);
        await store.CommitAsync(Bob, house.Sample(Bob, ids), Token);
        Assert.Equal(["101"], house.Query(Rows));

        Assert.Equal(100, (await store.CommitAsync(Alice, Changes("two"), Token)).Owed!.Count);
        Assert.Equal(["101"], house.Query(Rows));
        Assert.Equal(["100"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE id LIKE 'two %'"));
    }

    [Fact]
    public async Task Debts_that_were_many_are_struck_off_when_that_is_asked_for()
    {
        await using var store = house.Open();
        var vector = house.Sample(Alice, ids).Vectors[0];
        var changes = new MemoryChanges { Vectors = [.. Enumerable.Range(0, 65).Select(i => vector with { Id = $"{i}" })] };
        await store.SettleOwedVectorsAsync(Alice, (await store.CommitAsync(Alice, changes, Token)).Owed!, Token);
        Assert.Equal(["65"], house.Query(Rows));
        await store.SettleOwedVectorsAsync(Alice, [], Token);
        Assert.Equal(["0"], house.Query(Rows));
    }

    [Fact]
    public async Task Closing_a_store_whose_file_is_gone_makes_no_new_one()
    {
        var store = house.Open();
        await CommitAndSettleAsync(store, Alice);
        house.Close();
        foreach (var file in house.Files)
        {
            File.Delete(Path.Combine(house.Folder, file));
        }

        await store.DisposeAsync();
        Assert.Empty(house.Files);
    }

    private async Task<MemoryChanges> CommitAndSettleAsync(SqlMemoryStore store, MemoryScope scope)
    {
        var changes = house.Sample(scope, ids);
        var owed = (await store.CommitAsync(scope, changes, Token)).Owed!;
        await store.SettleOwedVectorsAsync(scope, owed, Token);
        return changes;
    }
}
