using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Commits: what they store, and all or nothing.</summary>
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
    public async Task A_write_to_a_known_id_updates_the_row()
    {
        var sample = await CommitSampleAsync();
        var resource = sample.Resource with { Caption = "New caption", ContentHash = "h2", Size = 7, LocalPath = "c/d.txt" };
        var passage = sample.First with { Text = "New words", Position = 5, Role = "assistant" };
        var category = sample.Category with { Name = "renamed", Description = "New", Summary = "# New" };
        var item = sample.Item with { Summary = "New summary", MemoryType = "custom", PassageIds = [sample.Second.Id] };
        await CommitAsync(new MemoryChanges { Resources = [new(resource, true, "h1")], Passages = [passage], Categories = [category], Items = [item] });

        Assert.Equal([resource], await Store.GetResourcesAsync(Alice, [resource.Id], Token));
        Assert.Equal([sample.Second, passage], (await Store.ListPassagesAsync(Alice, resource.Id, PageRequest.First, Token)).Items);
        Assert.Equal([category], await Store.GetCategoriesAsync(Alice, [category.Id], Token));
        var stored = Assert.Single(await Store.GetItemsAsync(Alice, [item.Id], Token));
        Assert.Equal([sample.Second.Id], stored.PassageIds);
        Assert.Equal("New summary", stored.Summary);
        Assert.Equal("custom", stored.MemoryType);
        Assert.Equal([sample.Link], await Store.GetLinksAsync(Alice, [item.Id], Token));
    }

    [Fact]
    public async Task The_same_additions_twice_change_nothing()
    {
        var sample = await CommitSampleAsync();
        var changes = sample.Changes with { Vectors = [] };
        var before = await DumpAsync(Alice);

        await CommitAsync(changes);

        Assert.Equal(before, await DumpAsync(Alice));
    }

    [Fact]
    public async Task The_revision_grows_with_every_commit()
    {
        Assert.Equal(0, (await Store.GetVersionAsync(Alice, Token)).Revision);
        var first = await CommitAsync(Rows.Full().Changes);
        var second = await CommitAsync(Rows.Full().Changes);

        Assert.True(0 < first.Revision && first.Revision < second.Revision);
        Assert.Equal(second.Revision, (await Store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(0, (await Store.GetVersionAsync(new MemoryScope("bob"), Token)).Revision);
    }

    [Fact]
    public async Task A_bad_record_in_a_big_commit_leaves_nothing()
    {
        await CommitSampleAsync();
        var before = await DumpAsync(Alice);
        var good = Rows.Full();
        var items = Enumerable.Range(0, 500).Select(_ => Rows.Item(good.Resource)).ToList();
        MemoryChanges big = good.Changes with { Items = [good.Item, .. items] };
        MemoryChanges[] attempts =
        [
            big with { Items = [.. big.Items, Rows.Item(Rows.Resource("never committed"))] },
            big with { Items = [.. big.Items, Rows.Item(good.Resource, passages: Rows.Passage(good.Resource))] },
            big with { Passages = [.. big.Passages, Rows.Passage(Rows.Resource("never committed"))] },
            big with { Links = [.. big.Links, Rows.Link(good.Item, Rows.Category())] },
            big with { Links = [.. big.Links, Rows.Link(Rows.Item(good.Resource), good.Category)] },
            big with { Vectors = [.. big.Vectors, Rows.Vector(VectorCollections.Items, good.Item.Id, float.NaN)] },
            big with { Vectors = [.. big.Vectors, Rows.Vector("no such collection", good.Item.Id)] },
            big with { Vectors = [.. big.Vectors, Rows.Vector(VectorCollections.Items, good.Item.Id) with { Vector = default }] },
        ];

        foreach (var attempt in attempts)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(attempt));
        }

        Assert.Equal(before, await DumpAsync(Alice));
        await CommitAsync(big);
    }

    [Fact]
    public async Task What_the_caller_changes_later_does_not_change_what_is_stored()
    {
        var sample = Rows.Full();
        var passages = new List<string> { sample.First.Id };
        float[] vector = [1, 2, 3];
        await CommitAsync(sample.Changes with
        {
            Items = [sample.Item with { PassageIds = passages }],
            Vectors = [Rows.Vector(VectorCollections.Items, sample.Item.Id, vector)],
        });

        passages.Clear();
        vector[0] = 9;

        Assert.Equal([sample.First.Id], (await Store.GetItemsAsync(Alice, [sample.Item.Id], Token))[0].PassageIds);
        Assert.All(await Store.ListOwedVectorsAsync(Alice, 10, Token), o => Assert.Equal([1, 2, 3], o.Record!.Vector.ToArray()));
    }

    [Fact]
    public async Task Reads_by_id_keep_the_order_asked_for_and_leave_out_the_unknown()
    {
        var resource = Rows.Resource();
        var items = Enumerable.Range(0, 5).Select(_ => Rows.Item(resource)).ToList();
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Items = items });

        var found = await Store.GetItemsAsync(Alice, [items[3].Id, "unknown", items[0].Id, items[4].Id], Token);

        Assert.Equal([items[3].Id, items[0].Id, items[4].Id], found.Select(i => i.Id));
        Assert.Empty(await Store.GetItemsAsync(Alice, [], Token));

        // One among many that are not there, of any letters, and none of another space.
        string[] unknown = [.. Enumerable.Range(0, 200).Select(i => $"{(i % 2 == 0 ? "0" : "z")} unknown {i}")];
        Assert.Empty(await Store.GetItemsAsync(Alice, unknown, Token));
        Assert.Equal([items[1].Id], (await Store.GetItemsAsync(Alice, [.. unknown, items[1].Id], Token)).Select(i => i.Id));
        Assert.Equal([items[1].Id], (await Store.GetItemsAsync(Alice, ["ж", .. unknown, items[1].Id], Token)).Select(i => i.Id));
        Assert.Empty(await Store.GetItemsAsync(new MemoryScope("bob"), [.. unknown, items[1].Id], Token));
    }

    [Fact]
    public async Task Thousands_of_ids_can_be_asked_for_at_once()
    {
        var resource = Rows.Resource();
        var items = Enumerable.Range(0, 3000).Select(_ => Rows.Item(resource)).ToList();
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Items = items });

        Assert.Equal(3000, (await Store.GetItemsAsync(Alice, [.. items.Select(i => i.Id)], Token)).Count);
        Assert.Equal(3000, (await Store.GetItemsBySummaryAsync(Alice, [.. items.Select(i => i.Summary)], Token)).Count);
        Assert.Empty(await Store.GetLinksAsync(Alice, [.. items.Select(i => i.Id)], Token));
    }

    [Fact]
    public async Task Items_are_found_by_their_exact_words()
    {
        var resource = Rows.Resource();
        MemoryItem[] items = [Rows.Item(resource, "Sails."), Rows.Item(resource, "sails."), Rows.Item(resource, "Sails."), Rows.Item(resource, "Sails. ")];
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Items = items });

        var found = await Store.GetItemsBySummaryAsync(Alice, ["Sails.", "nothing", "Sails."], Token);

        Assert.Equal(new[] { items[0].Id, items[2].Id }.Order(), found.Select(i => i.Id).Order());
    }
}
