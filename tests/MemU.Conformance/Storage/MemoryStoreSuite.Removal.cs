using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Removals and what goes with them.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task Removing_a_resource_removes_its_passages_items_and_their_links()
    {
        var keep = await CommitSampleAsync();
        var gone = await CommitSampleAsync();

        await CommitAsync(new MemoryChanges { RemovedResources = [gone.Resource.Id] });

        Assert.Null(await Store.GetResourceByUrlAsync(Alice, gone.Resource.Url, Token));
        Assert.Empty(await Store.GetPassagesAsync(Alice, [gone.First.Id, gone.Second.Id], Token));
        Assert.Empty(await Store.GetItemsAsync(Alice, [gone.Item.Id], Token));
        Assert.Empty(await Store.GetLinksAsync(Alice, [gone.Item.Id], Token));
        Assert.Equal(2, (await Store.ListCategoriesAsync(Alice, PageRequest.First, Token)).Items.Count);
        Assert.Equal([keep.Item.Id], (await Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items.Select(i => i.Id));
        Assert.Equal([keep.Link], (await Store.ListLinksAsync(Alice, PageRequest.First, Token)).Items);
    }

    [Fact]
    public async Task Removing_a_passage_leaves_the_item_without_that_source()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedPassages = [sample.First.Id] });

        Assert.Equal([sample.Second.Id], (await Store.GetItemsAsync(Alice, [sample.Item.Id], Token))[0].PassageIds);
    }

    [Fact]
    public async Task Removing_an_item_removes_its_links_and_keeps_its_history()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedItems = [sample.Item.Id] });

        Assert.Empty(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
        Assert.Empty((await Store.ListLinksAsync(Alice, PageRequest.First, Token)).Items);
        Assert.Equal([sample.Revision], (await Store.ListHistoryAsync(Alice, sample.Item.Id, PageRequest.First, Token)).Items);
    }

    [Fact]
    public async Task Removing_a_category_removes_its_links_and_keeps_the_items()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedCategories = [sample.Category.Id] });

        Assert.Empty(await Store.GetCategoriesAsync(Alice, [sample.Category.Id], Token));
        Assert.Empty(await Store.GetLinksAsync(Alice, [sample.Item.Id], Token));
        Assert.Single(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
        Assert.Empty((await Store.ListItemsAsync(Alice, new ItemFilter { CategoryId = sample.Category.Id }, PageRequest.First, Token)).Items);
    }

    [Fact]
    public async Task Removing_a_link_keeps_both_ends()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedLinks = [sample.Link] });

        Assert.Empty(await Store.GetLinksAsync(Alice, [sample.Item.Id], Token));
        Assert.Single(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
        Assert.Single(await Store.GetCategoriesAsync(Alice, [sample.Category.Id], Token));
    }

    [Fact]
    public async Task The_history_of_an_item_is_forgotten_when_asked()
    {
        var sample = await CommitSampleAsync();
        var other = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedHistory = [sample.Item.Id] });

        Assert.Equal([other.Revision], (await Store.ListHistoryAsync(Alice, null, PageRequest.First, Token)).Items);
        Assert.Single(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
    }

    [Fact]
    public async Task Removals_may_be_repeated_and_may_name_what_never_was()
    {
        var sample = await CommitSampleAsync();
        var removals = new MemoryChanges
        {
            RemovedResources = [sample.Resource.Id, sample.Resource.Id, "never was"],
            RemovedPassages = [sample.First.Id, "never was"],
            RemovedItems = [sample.Item.Id, "never was"],
            RemovedCategories = [sample.Category.Id, "never was"],
            RemovedLinks = [sample.Link, new CategoryItem(Alice, "never", "was")],
            RemovedHistory = [sample.Item.Id, "never was"],
            RemovedVectors = [(VectorCollections.Items, "never was")],
        };
        await CommitAsync(removals);
        await CommitAsync(removals);

        var statistics = await Store.GetStatisticsAsync(Alice, Token);
        Assert.Equal(0, statistics.Resources + statistics.Passages + statistics.Items + statistics.Categories + statistics.Links + statistics.History);
    }

    [Fact]
    public async Task Removals_come_before_additions()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedItems = [sample.Item.Id], Items = [sample.Item with { Summary = "again" }] });

        Assert.Equal("again", (await Store.GetItemsAsync(Alice, [sample.Item.Id], Token))[0].Summary);
        Assert.Empty(await Store.GetLinksAsync(Alice, [sample.Item.Id], Token));
    }
}
