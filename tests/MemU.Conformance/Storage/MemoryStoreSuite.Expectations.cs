using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Two writers: what was computed from an old state is not written.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task A_summary_computed_from_an_old_one_is_refused()
    {
        var category = Rows.Category();
        await CommitAsync(new MemoryChanges { Categories = [category] });
        await CommitAsync(new MemoryChanges { Summaries = [new(category.Id, null, "first")] });

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(new MemoryChanges { Summaries = [new(category.Id, null, "lost update")] }));
        Assert.Equal("first", (await Store.GetCategoriesAsync(Alice, [category.Id], Token))[0].Summary);

        await CommitAsync(new MemoryChanges { Summaries = [new(category.Id, "first", "first and second")] });
        Assert.Equal("first and second", (await Store.GetCategoriesAsync(Alice, [category.Id], Token))[0].Summary);
    }

    [Fact]
    public async Task A_refused_summary_takes_the_whole_commit_with_it()
    {
        var sample = await CommitSampleAsync();
        var before = await DumpAsync(Alice);

        await Assert.ThrowsAsync<ConcurrentChangeException>(
            () => CommitAsync(Rows.Full().Changes with { Summaries = [new(sample.Category.Id, "never was", "new")], RemovedItems = [sample.Item.Id] }));

        Assert.Equal(before, await DumpAsync(Alice));
    }

    [Fact]
    public async Task What_was_computed_from_an_item_that_changed_meanwhile_is_refused()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { Items = [sample.Item with { Summary = "edited" }] });
        var before = await DumpAsync(Alice);

        await Assert.ThrowsAsync<ConcurrentChangeException>(
            () => CommitAsync(new MemoryChanges { ExpectedItems = [sample.Item], Items = [sample.Item with { Summary = "lost update" }] }));

        Assert.Equal(before, await DumpAsync(Alice));
    }

    [Fact]
    public async Task What_was_computed_from_an_item_that_is_gone_is_refused()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedItems = [sample.Item.Id] });

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(new MemoryChanges { ExpectedItems = [sample.Item], Items = [sample.Item] }));
        Assert.Empty(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
    }

    [Fact]
    public async Task An_item_that_is_as_expected_may_be_changed()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { ExpectedItems = [sample.Item], Items = [sample.Item with { Summary = "edited" }] });
        Assert.Equal("edited", Assert.Single(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token)).Summary);
    }

    [Fact]
    public async Task A_category_and_its_first_summary_fit_into_one_commit()
    {
        var category = Rows.Category();
        await CommitAsync(new MemoryChanges { Categories = [category], Summaries = [new(category.Id, null, "first")] });

        Assert.Equal("first", (await Store.GetCategoriesAsync(Alice, [category.Id], Token))[0].Summary);
    }

    [Fact]
    public async Task A_summary_may_be_taken_away()
    {
        var category = Rows.Category(summary: "old");
        await CommitAsync(new MemoryChanges { Categories = [category] });
        await CommitAsync(new MemoryChanges { Summaries = [new(category.Id, "old", null)] });

        Assert.Null((await Store.GetCategoriesAsync(Alice, [category.Id], Token))[0].Summary);
    }

    [Fact]
    public async Task A_summary_of_a_category_that_is_gone_is_refused()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedCategories = [sample.Category.Id] });

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(new MemoryChanges { Summaries = [new(sample.Category.Id, null, "late")] }));
    }

    [Fact]
    public async Task A_resource_that_changed_meanwhile_is_not_overwritten()
    {
        var sample = await CommitSampleAsync();
        var changed = sample.Resource with { ContentHash = "h2" };
        await CommitAsync(new MemoryChanges { Resources = [new(changed, true, "h1")] });

        await Assert.ThrowsAsync<ConcurrentChangeException>(
            () => CommitAsync(new MemoryChanges { Resources = [new(sample.Resource with { ContentHash = "h3" }, true, "h1")] }));

        Assert.Equal("h2", (await Store.GetResourceByUrlAsync(Alice, changed.Url, Token))!.ContentHash);
    }

    [Fact]
    public async Task A_resource_without_a_hash_is_expected_without_one()
    {
        var resource = Rows.Resource(hash: null);
        await CommitAsync(new MemoryChanges { Resources = [new(resource)] });

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(new MemoryChanges { Resources = [new(resource with { ContentHash = "new" }, true, "h1")] }));
        await CommitAsync(new MemoryChanges { Resources = [new(resource with { ContentHash = "new" }, true, null)] });
        Assert.Equal("new", (await Store.GetResourceByUrlAsync(Alice, resource.Url, Token))!.ContentHash);
    }

    [Fact]
    public async Task A_resource_that_was_removed_meanwhile_does_not_come_back()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { RemovedResources = [sample.Resource.Id] });

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(new MemoryChanges { Resources = [new(sample.Resource, true, "h1")] }));
        Assert.Null(await Store.GetResourceByUrlAsync(Alice, sample.Resource.Url, Token));
    }

    [Fact]
    public async Task A_url_that_was_taken_meanwhile_is_refused()
    {
        var sample = await CommitSampleAsync();
        var before = await DumpAsync(Alice);

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(Rows.Full(sample.Resource.Url).Changes));

        Assert.Equal(before, await DumpAsync(Alice));
    }

    [Fact]
    public async Task A_category_name_that_was_taken_meanwhile_is_refused()
    {
        var sample = await CommitSampleAsync();
        var before = await DumpAsync(Alice);

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(new MemoryChanges { Categories = [Rows.Category(sample.Category.Name)] }));

        Assert.Equal(before, await DumpAsync(Alice));
    }

    [Fact]
    public async Task A_url_and_a_name_are_free_again_after_their_rows_are_gone()
    {
        var sample = await CommitSampleAsync();
        var next = Rows.Full(sample.Resource.Url);
        await CommitAsync(next.Changes with
        {
            RemovedResources = [sample.Resource.Id],
            RemovedCategories = [sample.Category.Id],
            Categories = [next.Category with { Name = sample.Category.Name }],
        });

        Assert.Equal(next.Resource.Id, (await Store.GetResourceByUrlAsync(Alice, sample.Resource.Url, Token))!.Id);
        Assert.Equal([next.Category.Id], (await Store.ListCategoriesAsync(Alice, PageRequest.First, Token)).Items.Select(c => c.Id));
    }
}
