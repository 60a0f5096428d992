using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Nothing of one space shows in another or can be touched from it.</summary>
public abstract partial class MemoryStoreSuite
{
    /// <summary>Pairs of spaces that are easily mixed up.</summary>
    public static TheoryData<string[], string[]> Neighbours => Spaces.Neighbours;

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task A_space_shows_nothing_of_its_neighbour(string[] here, string[] there)
    {
        var (mine, canary) = await CommitNeighboursAsync(here, there);
        var scope = mine.Rows.Scope;

        Assert.DoesNotContain(canary.Item.Summary, await DumpAsync(scope));
        Assert.DoesNotContain(canary.Rows.Scope.Key, await DumpAsync(scope));
        Assert.Null(await Store.GetResourceByUrlAsync(scope, canary.Resource.Url, Token));
        Assert.Empty(await Store.GetResourcesAsync(scope, [canary.Resource.Id], Token));
        Assert.Empty(await Store.GetPassagesAsync(scope, [canary.First.Id, canary.Second.Id], Token));
        Assert.Empty(await Store.GetItemsAsync(scope, [canary.Item.Id], Token));
        Assert.Empty(await Store.GetCategoriesAsync(scope, [canary.Category.Id], Token));
        Assert.Empty(await Store.GetLinksAsync(scope, [canary.Item.Id], Token));
        Assert.Empty(await Store.GetItemsBySummaryAsync(scope, [canary.Item.Summary], Token));
        Assert.Empty((await Store.ListHistoryAsync(scope, canary.Item.Id, PageRequest.First, Token)).Items);
        Assert.Empty((await Store.ListPassagesAsync(scope, canary.Resource.Id, PageRequest.First, Token)).Items);
        Assert.Empty((await Store.ListItemsAsync(scope, new ItemFilter { ResourceId = canary.Resource.Id }, PageRequest.First, Token)).Items);
        Assert.Empty((await Store.ListItemsAsync(scope, new ItemFilter { CategoryId = canary.Category.Id }, PageRequest.First, Token)).Items);
        Assert.Null(await Store.GetLastPassageAsync(scope, canary.Resource.Id, Token));
        Assert.Equal(1, (await Store.GetStatisticsAsync(scope, Token)).Items);
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task A_space_cannot_remove_anything_of_its_neighbour(string[] here, string[] there)
    {
        var (mine, canary) = await CommitNeighboursAsync(here, there);
        var before = await DumpAsync(canary.Rows.Scope);

        await Store.CommitAsync(
            mine.Rows.Scope,
            new MemoryChanges
            {
                RemovedLinks = [new CategoryItem(mine.Rows.Scope, canary.Item.Id, canary.Category.Id)],
                RemovedHistory = [canary.Item.Id],
                RemovedItems = [canary.Item.Id],
                RemovedPassages = [canary.First.Id],
                RemovedCategories = [canary.Category.Id],
                RemovedResources = [canary.Resource.Id],
                RemovedVectors = [(VectorCollections.Items, canary.Item.Id)],
            },
            Token);
        var owed = await Store.ListOwedVectorsAsync(canary.Rows.Scope, 100, Token);
        await Store.SettleOwedVectorsAsync(mine.Rows.Scope, owed, Token);

        Assert.Equal(before, await DumpAsync(canary.Rows.Scope));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task An_id_of_the_neighbour_cannot_be_written(string[] here, string[] there)
    {
        var (mine, canary) = await CommitNeighboursAsync(here, there);
        var rows = mine.Rows;
        var mineBefore = await DumpAsync(rows.Scope);
        var canaryBefore = await DumpAsync(canary.Rows.Scope);
        MemoryChanges[] attempts =
        [
            new() { Resources = [new(rows.Resource("stolen", id: canary.Resource.Id))] },
            new() { Passages = [rows.Passage(mine.Resource, 7, id: canary.First.Id)] },
            new() { Items = [rows.Item(mine.Resource, id: canary.Item.Id)] },
            new() { Categories = [rows.Category("stolen", id: canary.Category.Id)] },
            new() { History = [rows.Revision(mine.Item, id: canary.Revision.Id)] },
        ];

        foreach (var attempt in attempts)
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(rows.Scope, attempt, Token));
            Assert.DoesNotContain(canary.Rows.Scope.ToString(), error.Message);
        }

        Assert.Equal(mineBefore, await DumpAsync(rows.Scope));
        Assert.Equal(canaryBefore, await DumpAsync(canary.Rows.Scope));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task A_record_cannot_point_into_the_neighbour(string[] here, string[] there)
    {
        var (mine, canary) = await CommitNeighboursAsync(here, there);
        var rows = mine.Rows;
        var before = await DumpAsync(rows.Scope);
        MemoryChanges[] attempts =
        [
            new() { Passages = [rows.Passage(canary.Resource, 7)] },
            new() { Items = [rows.Item(canary.Resource)] },
            new() { Items = [rows.Item(mine.Resource, passages: canary.First)] },
            new() { Links = [rows.Link(canary.Item, mine.Category)] },
            new() { Links = [rows.Link(mine.Item, canary.Category)] },
        ];

        foreach (var attempt in attempts)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(rows.Scope, attempt, Token));
        }

        Assert.Equal(before, await DumpAsync(rows.Scope));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task A_record_that_carries_the_neighbours_scope_is_refused(string[] here, string[] there)
    {
        var (mine, canary) = await CommitNeighboursAsync(here, there);
        var foreign = canary.Rows;
        var before = await DumpAsync(mine.Rows.Scope);
        MemoryChanges[] attempts =
        [
            new() { Resources = [new(foreign.Resource("other"))] },
            new() { Passages = [foreign.Passage(mine.Resource, 7)] },
            new() { Items = [foreign.Item(mine.Resource)] },
            new() { Categories = [foreign.Category("other")] },
            new() { Links = [foreign.Link(mine.Item, mine.Category)] },
            new() { RemovedLinks = [foreign.Link(mine.Item, mine.Category)] },
            new() { History = [foreign.Revision(mine.Item)] },
        ];

        foreach (var attempt in attempts)
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(mine.Rows.Scope, attempt, Token));
        }

        Assert.Equal(before, await DumpAsync(mine.Rows.Scope));
    }

    [Fact]
    public async Task The_same_url_and_category_name_may_stand_in_two_spaces()
    {
        var other = new Rows(new MemoryScope("bob"), seed: 2);
        await CommitAsync(new MemoryChanges { Resources = [new(Rows.Resource("same"))], Categories = [Rows.Category("same")] });
        await Store.CommitAsync(other.Scope, new MemoryChanges { Resources = [new(other.Resource("same"))], Categories = [other.Category("same")] }, Token);

        Assert.Equal(other.Scope, (await Store.GetResourceByUrlAsync(other.Scope, "same", Token))!.Scope);
        Assert.Equal(Alice, (await Store.GetResourceByUrlAsync(Alice, "same", Token))!.Scope);
    }

    [Fact]
    public async Task The_catalog_lists_the_spaces_that_hold_anything_in_order()
    {
        MemoryScope[] scopes = [new("bob"), new("alice", "b"), new("alice", "a"), new("alice", tenant: "acme"), new("Zoe's \"x\"/..", "🦆")];
        for (var i = 0; i < scopes.Length; i++)
        {
            await CommitSampleAsync(new Rows(scopes[i], seed: 10 + i));
        }

        MemoryScope[] expected = [scopes[3], scopes[4], scopes[2], scopes[1], scopes[0]];
        Assert.Equal(expected, await Catalog.ListSpacesAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Commits_wait_while_writes_are_paused_and_reads_go_on()
    {
        var sample = await CommitSampleAsync();
        var pause = await Catalog.PauseWritesAsync(Token);

        var waiting = CommitAsync(new MemoryChanges { RemovedItems = [sample.Item.Id] });
        Assert.Single(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
        Assert.False(waiting.IsCompleted);

        await pause.DisposeAsync();
        await waiting;
        Assert.Empty(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
    }

    private async Task<(Sample Mine, Sample Canary)> CommitNeighboursAsync(string[] here, string[] there)
    {
        var mine = await CommitSampleAsync(new Rows(Spaces.Of(here), seed: 1));
        var rows = new Rows(Spaces.Of(there), seed: 2);
        var canary = rows.Full("canary://nest");
        canary = canary with { Item = canary.Item with { Summary = "CANARY: the key is under the mat." } };
        await Store.CommitAsync(rows.Scope, canary.Changes, Token);
        return (mine, canary);
    }
}
