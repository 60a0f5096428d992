using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Commits: what they store, all or nothing, and expectations.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task What_was_committed_comes_back_as_it_was()
    {
        var sample = await CommitSampleAsync();

        Assert.Equal(sample.Resource, await Store.GetResourceByUrlAsync(Alice, sample.Resource.Url, Token));
        Assert.Equal([sample.Resource], await Store.GetResourcesAsync(Alice, [sample.Resource.Id], Token));
        Assert.Equal([sample.Second, sample.First], await Store.GetPassagesAsync(Alice, [sample.Second.Id, sample.First.Id], Token));
        Assert.Equal([sample.Category], await Store.GetCategoriesAsync(Alice, [sample.Category.Id], Token));
        Assert.Equal([sample.Link], await Store.GetLinksAsync(Alice, [sample.Item.Id], Token));
        Assert.Equal([sample.Revision], (await Store.ListHistoryAsync(Alice, sample.Item.Id, PageRequest.First, Token)).Items);
        var item = Assert.Single(await Store.GetItemsAsync(Alice, [sample.Item.Id], Token));
        Assert.Equal(sample.Item.PassageIds, item.PassageIds);
        Assert.Equal(sample.Item, item with { PassageIds = sample.Item.PassageIds });
    }

    [Fact]
    public async Task Optional_parts_may_be_missing()
    {
        var resource = Rows.Resource(hash: null) with { Caption = null, LocalPath = string.Empty, Size = 0 };
        var passage = Rows.Passage(resource) with { Role = null, MessageId = null, HappenedAt = null };
        var item = Rows.Item(resource) with { HappenedAt = null };
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Passages = [passage], Items = [item] });

        Assert.Equal([resource], await Store.GetResourcesAsync(Alice, [resource.Id], Token));
        Assert.Equal([passage], await Store.GetPassagesAsync(Alice, [passage.Id], Token));
        var stored = Assert.Single(await Store.GetItemsAsync(Alice, [item.Id], Token));
        Assert.Empty(stored.PassageIds);
        Assert.Null(stored.HappenedAt);
    }

    [Fact]
    public async Task The_revision_grows_with_every_commit()
    {
        Assert.Equal(0, await Store.GetRevisionAsync(Alice, Token));
        var first = await CommitAsync(Rows.Full().Changes);
        var second = await CommitAsync(Rows.Full().Changes);

        Assert.True(0 < first.Revision && first.Revision < second.Revision);
        Assert.Equal(second.Revision, await Store.GetRevisionAsync(Alice, Token));
    }

    [Fact]
    public async Task A_bad_record_in_a_big_commit_leaves_nothing()
    {
        await CommitSampleAsync();
        var before = await DumpAsync(Alice);
        var resource = Rows.Resource();
        var items = Enumerable.Range(0, 500).Select(_ => Rows.Item(resource)).ToList();
        items.Add(Rows.Item(Rows.Resource("never committed")));

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new MemoryChanges { Resources = [new(resource)], Items = items }));

        Assert.Equal(before, await DumpAsync(Alice));
    }
}
