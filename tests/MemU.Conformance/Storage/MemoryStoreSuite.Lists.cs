using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Lists: order, pages, filters, counts.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task Lists_show_the_newest_first_and_passages_in_reading_order()
    {
        var first = await CommitSampleAsync();
        var second = await CommitSampleAsync();

        Assert.Equal([second.Resource, first.Resource], (await Store.ListResourcesAsync(Alice, PageRequest.First, Token)).Items);
        Assert.Equal([second.Item.Id, first.Item.Id], (await Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items.Select(i => i.Id));
        Assert.Equal([second.Category, first.Category], (await Store.ListCategoriesAsync(Alice, PageRequest.First, Token)).Items);
        Assert.Equal([second.Revision, first.Revision], (await Store.ListHistoryAsync(Alice, null, PageRequest.First, Token)).Items);
        Assert.Equal([first.Link, second.Link], (await Store.ListLinksAsync(Alice, PageRequest.First, Token)).Items);
        Assert.Equal([first.First, first.Second, second.First, second.Second], (await Store.ListPassagesAsync(Alice, null, PageRequest.First, Token)).Items);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task Items_can_be_listed_oldest_first_by_every_filter(int limit)
    {
        List<string> ids = [], ofOne = [];
        var resource = Rows.Resource();
        var category = Rows.Category();
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Categories = [category] });
        for (var i = 0; i < 3; i++)
        {
            var (sample, item) = (await CommitSampleAsync(), Rows.Item(resource));
            await CommitAsync(new MemoryChanges { Items = [item], Links = [new CategoryItem(Alice, item.Id, category.Id)] });
            ids.AddRange([sample.Item.Id, item.Id]);
            ofOne.Add(item.Id);
        }

        Assert.Equal(ids, await ListAsync(new ItemFilter { OldestFirst = true }));
        Assert.Equal(ofOne, await ListAsync(new ItemFilter { OldestFirst = true, ResourceId = resource.Id }));
        Assert.Equal(ofOne, await ListAsync(new ItemFilter { OldestFirst = true, CategoryId = category.Id }));

        async Task<List<string>> ListAsync(ItemFilter filter)
        {
            List<string> listed = [];
            for (PageRequest? page = new() { Limit = limit }; page is not null;)
            {
                var got = await Store.ListItemsAsync(Alice, filter, page, Token);
                listed.AddRange(got.Items.Select(i => i.Id));
                page = got.NextCursor is { } next ? page with { Cursor = next } : null;
            }

            return listed;
        }
    }

    [Fact]
    public async Task Passages_are_ordered_by_number_not_by_text()
    {
        var resource = Rows.Resource();
        var passages = new[] { 11, 2, 1, 10, 0 }.Select(p => Rows.Passage(resource, p)).ToList();
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Passages = passages });

        Assert.Equal([0, 1, 2, 10, 11], await PositionsAsync(resource.Id, limit: 2));
        Assert.Equal(11, (await Store.GetLastPassageAsync(Alice, resource.Id, Token))!.Position);
        Assert.Null(await Store.GetLastPassageAsync(Alice, "unknown", Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(21)]
    public async Task Pages_of_any_size_give_every_row_once(int limit)
    {
        for (var i = 0; i < 20; i++)
        {
            await CommitSampleAsync();
        }

        Assert.Equal(20, (await IdsAsync((p, t) => Store.ListResourcesAsync(Alice, p, t), r => r.Id, limit)).Count);
        Assert.Equal(40, (await IdsAsync((p, t) => Store.ListPassagesAsync(Alice, null, p, t), r => r.Id, limit)).Count);
        Assert.Equal(20, (await IdsAsync((p, t) => Store.ListItemsAsync(Alice, ItemFilter.All, p, t), r => r.Id, limit)).Count);
        Assert.Equal(20, (await IdsAsync((p, t) => Store.ListCategoriesAsync(Alice, p, t), r => r.Id, limit)).Count);
        Assert.Equal(20, (await IdsAsync((p, t) => Store.ListLinksAsync(Alice, p, t), r => r.ItemId, limit)).Count);
        Assert.Equal(20, (await IdsAsync((p, t) => Store.ListHistoryAsync(Alice, null, p, t), r => r.Id, limit)).Count);
    }

    [Fact]
    public async Task Pages_stay_right_while_rows_come_and_go()
    {
        var resource = Rows.Resource();
        var items = Enumerable.Range(0, 10).Select(_ => Rows.Item(resource)).ToList();
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Items = items });
        var first = await Store.ListItemsAsync(Alice, ItemFilter.All, new PageRequest { Limit = 4 }, Token);

        // The row at the end of the page goes, newer ones come, and one that is still to be shown goes.
        await CommitAsync(new MemoryChanges { RemovedItems = [items[6].Id, items[4].Id], Items = [Rows.Item(resource), Rows.Item(resource)] });

        var second = await Store.ListItemsAsync(Alice, ItemFilter.All, new PageRequest { Limit = 4, Cursor = first.NextCursor }, Token);
        Assert.Equal([items[9].Id, items[8].Id, items[7].Id, items[6].Id], first.Items.Select(i => i.Id));
        Assert.Equal([items[5].Id, items[3].Id, items[2].Id, items[1].Id], second.Items.Select(i => i.Id));
    }

    [Fact]
    public async Task A_full_last_page_has_no_next_one()
    {
        await CommitSampleAsync();
        await CommitSampleAsync();

        Assert.Null((await Store.ListItemsAsync(Alice, ItemFilter.All, new PageRequest { Limit = 2 }, Token)).NextCursor);
        Assert.NotNull((await Store.ListItemsAsync(Alice, ItemFilter.All, new PageRequest { Limit = 1 }, Token)).NextCursor);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("' OR 1=1 --")]
    [InlineData("%%%")]
    public async Task A_cursor_that_no_list_gave_is_refused(string cursor)
    {
        await CommitSampleAsync();
        var page = new PageRequest { Cursor = cursor };

        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListResourcesAsync(Alice, page, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListPassagesAsync(Alice, null, page, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListItemsAsync(Alice, ItemFilter.All, page, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListCategoriesAsync(Alice, page, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListLinksAsync(Alice, page, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListHistoryAsync(Alice, null, page, Token));
    }

    [Fact]
    public async Task A_cursor_of_another_order_filter_or_list_is_refused()
    {
        var sample = await CommitSampleAsync();
        await CommitAsync(new MemoryChanges { Items = [Rows.Item(sample.Resource)], Links = [] });
        ItemFilter[] filters =
        [
            ItemFilter.All, new() { OldestFirst = true }, new() { ResourceId = sample.Resource.Id }, new() { ResourceId = sample.Resource.Id, OldestFirst = true },
            new() { CategoryId = sample.Resource.Id }, new() { MemoryType = sample.Item.MemoryType },
        ];
        var first = new PageRequest { Limit = 1 };
        foreach (var filter in filters)
        {
            if ((await Store.ListItemsAsync(Alice, filter, first, Token)).NextCursor is not { } cursor)
            {
                continue;
            }

            var next = first with { Cursor = cursor };
            Assert.Single((await Store.ListItemsAsync(Alice, filter with { }, next, Token)).Items);
            foreach (var other in filters.Where(f => f != filter))
            {
                var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Store.ListItemsAsync(Alice, other, next, Token));
                Assert.Contains("another order", refusal.Message, StringComparison.Ordinal);
            }

            await Assert.ThrowsAsync<ArgumentException>(() => Store.ListResourcesAsync(Alice, next, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.ListCategoriesAsync(Alice, next, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.ListLinksAsync(Alice, next, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.ListHistoryAsync(Alice, null, next, Token));
        }

        var passages = first with { Cursor = (await Store.ListPassagesAsync(Alice, null, first, Token)).NextCursor };
        Assert.NotNull(passages.Cursor);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListPassagesAsync(Alice, sample.Resource.Id, passages, Token));
    }

    [Fact]
    public async Task A_cursor_of_an_earlier_version_goes_on_where_it_ended()
    {
        var sample = await CommitSampleAsync();
        var other = Rows.Item(sample.Resource);
        await CommitAsync(new MemoryChanges { Items = [other] });

        var ids = new[] { sample.Item.Id, other.Id }.Order(StringComparer.Ordinal).ToArray();
        var former = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes($"[\"{ids[1]}\"]"));
        var page = await Store.ListItemsAsync(Alice, ItemFilter.All, new PageRequest { Cursor = former }, Token);
        Assert.Equal(ids[0], Assert.Single(page.Items).Id);
    }

    [Fact]
    public async Task Items_are_filtered_by_resource_category_and_type_together()
    {
        Resource[] resources = [Rows.Resource(), Rows.Resource()];
        MemoryCategory[] categories = [Rows.Category(), Rows.Category()];
        string[] types = [MemoryTypes.Event, MemoryTypes.Profile];
        var items = (from r in resources from t in types from c in categories select (Item: Rows.Item(r, type: t), Category: c)).ToList();
        await CommitAsync(new MemoryChanges
        {
            Resources = [.. resources.Select(r => new ResourceWrite(r))],
            Categories = categories,
            Items = [.. items.Select(i => i.Item)],
            Links = [.. items.Select(i => Rows.Link(i.Item, i.Category))],
        });
        ItemFilter[] filters = [.. from r in new[] { null, resources[0].Id, "unknown" } from c in new[] { null, categories[1].Id, "unknown" }
            from t in new[] { null, MemoryTypes.Event, "unknown" } select new ItemFilter { ResourceId = r, CategoryId = c, MemoryType = t }];

        foreach (var filter in filters)
        {
            var expected = items.Where(i => filter.ResourceId is null || i.Item.ResourceId == filter.ResourceId)
                .Where(i => filter.CategoryId is null || i.Category.Id == filter.CategoryId)
                .Where(i => filter.MemoryType is null || i.Item.MemoryType == filter.MemoryType)
                .Select(i => i.Item.Id).OrderDescending(StringComparer.Ordinal);
            Assert.Equal(expected, await IdsAsync((p, t) => Store.ListItemsAsync(Alice, filter, p, t), i => i.Id, limit: 1));
        }
    }

    [Fact]
    public async Task History_is_listed_by_item()
    {
        var sample = await CommitSampleAsync();
        await CommitSampleAsync();
        var later = Rows.Revision(sample.Item);
        await CommitAsync(new MemoryChanges { History = [later] });

        Assert.Equal([later.Id, sample.Revision.Id], await IdsAsync((p, t) => Store.ListHistoryAsync(Alice, sample.Item.Id, p, t), h => h.Id, limit: 1));
    }

    [Fact]
    public async Task Statistics_count_what_is_there()
    {
        var sample = await CommitSampleAsync();
        var picture = Rows.Resource() with { Modality = Modality.Image, Size = 5 };
        var item = Rows.Item(picture, "ab", MemoryTypes.Event) with { CreatedAt = new DateTimeOffset(2025, 11, 4, 1, 30, 0, TimeSpan.FromHours(2)) };
        await CommitAsync(new MemoryChanges { Resources = [new(picture)], Items = [item], Links = [Rows.Link(item, sample.Category)] });

        var statistics = await Store.GetStatisticsAsync(Alice, Token);

        Assert.Equal(Alice, statistics.Scope);
        Assert.Equal((2, 2, 2, 1), (statistics.Resources, statistics.Passages, statistics.Items, statistics.Categories));
        Assert.Equal((2, 1, 105), (statistics.Links, statistics.History, statistics.ResourceBytes));
        Assert.Equal(sample.First.Length + sample.Second.Length + sample.Item.Summary.Length + 2, statistics.TextCharacters);
        Assert.Equal(Counts((MemoryTypes.Profile, 1), (MemoryTypes.Event, 1)), statistics.ItemsByType);
        Assert.Equal(Counts(("conversation", 1), ("image", 1)), statistics.ResourcesByModality);
        Assert.Equal(Counts((sample.Category.Name, 2)), statistics.ItemsByCategory);
        Assert.Equal(Counts(("2025-11-03", 2)), statistics.ItemsByDay);
    }

    [Fact]
    public async Task A_space_that_does_not_exist_is_empty()
    {
        var nobody = new MemoryScope("nobody");

        var statistics = await Store.GetStatisticsAsync(nobody, Token);
        Assert.Equal(0, statistics.Resources + statistics.Items + statistics.OwedVectors + statistics.TextCharacters);
        Assert.Empty((await Store.ListItemsAsync(nobody, ItemFilter.All, PageRequest.First, Token)).Items);
        Assert.Empty(await Store.ListOwedVectorsAsync(nobody, 10, Token));
        Assert.Empty(await Catalog.ListSpacesAsync(Token).ToListAsync(Token));
    }

    private static Dictionary<string, long> Counts(params (string Key, long Count)[] counts) => counts.ToDictionary(c => c.Key, c => c.Count);

    private async Task<List<int>> PositionsAsync(string resourceId, int limit)
    {
        List<int> positions = [];
        for (PageRequest? page = new() { Limit = limit }; page is not null;)
        {
            var rows = await Store.ListPassagesAsync(Alice, resourceId, page, Token);
            positions.AddRange(rows.Items.Select(p => p.Position));
            page = rows.NextCursor is null ? null : page with { Cursor = rows.NextCursor };
        }

        return positions;
    }

    private static async Task<List<string>> IdsAsync<T>(Func<PageRequest, CancellationToken, Task<Page<T>>> list, Func<T, string> id, int limit)
    {
        List<string> ids = [];
        for (PageRequest? page = new() { Limit = limit }; page is not null;)
        {
            var rows = await list(page, Token);
            Assert.InRange(rows.Items.Count, 0, limit);
            ids.AddRange(rows.Items.Select(id));
            page = rows.NextCursor is null ? null : page with { Cursor = rows.NextCursor };
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        return ids;
    }
}
