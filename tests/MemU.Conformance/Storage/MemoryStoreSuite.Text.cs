using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Any text, in any place, comes back as it went in and means nothing to the store.</summary>
public abstract partial class MemoryStoreSuite
{
    /// <summary>Texts that break careless stores.</summary>
    public static TheoryData<string> HostileTexts => HostileText.All;

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Any_text_comes_back_unchanged(string text)
    {
        var resource = Rows.Resource(text, hash: text, id: text) with { Caption = text, LocalPath = text };
        var passage = Rows.Passage(resource, text: text, id: text) with { Role = text, MessageId = text };
        var item = Rows.Item(resource, text, type: text, id: text, passages: passage);
        var category = Rows.Category(text, text, id: text) with { Description = text };
        var revision = Rows.Revision(item, id: text) with { Reason = text };
        await CommitAsync(new MemoryChanges
        {
            Resources = [new(resource)],
            Passages = [passage],
            Items = [item],
            Categories = [category],
            Links = [Rows.Link(item, category)],
            History = [revision],
        });
        await CommitSampleAsync();

        Assert.Equal(resource, await Store.GetResourceByUrlAsync(Alice, text, Token));
        Assert.Equal([passage], await Store.GetPassagesAsync(Alice, [text], Token));
        Assert.Equal([category], await Store.GetCategoriesAsync(Alice, [text], Token));
        Assert.Equal([revision], (await Store.ListHistoryAsync(Alice, text, PageRequest.First, Token)).Items);
        Assert.Equal([new CategoryItem(Alice, text, text)], await Store.GetLinksAsync(Alice, [text], Token));
        var stored = Assert.Single(await Store.GetItemsBySummaryAsync(Alice, [text], Token));
        Assert.Equal(item, stored with { PassageIds = item.PassageIds });
        Assert.Equal([text], stored.PassageIds);
        var filter = new ItemFilter { ResourceId = text, CategoryId = text, MemoryType = text };
        Assert.Equal(text, Assert.Single((await Store.ListItemsAsync(Alice, filter, PageRequest.First, Token)).Items).Id);
        Assert.Equal(1, (await Store.GetStatisticsAsync(Alice, Token)).ItemsByType[text]);

        await CommitAsync(new MemoryChanges { RemovedItems = [text] });
        Assert.Single((await Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items);
    }

    [Fact]
    public async Task A_text_of_a_million_characters_is_kept()
    {
        var resource = Rows.Resource();
        var text = string.Concat(Enumerable.Repeat("0123456789 ä漢🦆\n", 62_500));
        var passage = Rows.Passage(resource, text: text);
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Passages = [passage] });

        Assert.Equal(text, (await Store.GetPassagesAsync(Alice, [passage.Id], Token))[0].Text);
    }

    [Fact]
    public async Task Times_keep_their_microseconds()
    {
        var time = new DateTimeOffset(2025, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1_234_560);
        var resource = Rows.Resource() with { CreatedAt = time };
        var item = Rows.Item(resource) with { CreatedAt = time, HappenedAt = time.AddYears(-60) };
        var passage = Rows.Passage(resource) with { HappenedAt = time.ToOffset(TimeSpan.FromHours(9)) };
        await CommitAsync(new MemoryChanges { Resources = [new(resource)], Items = [item], Passages = [passage] });

        Assert.Equal(time, (await Store.GetResourceByUrlAsync(Alice, resource.Url, Token))!.CreatedAt);
        var stored = (await Store.GetItemsAsync(Alice, [item.Id], Token))[0];
        Assert.Equal((time, time.AddYears(-60)), (stored.CreatedAt, stored.HappenedAt));
        Assert.Equal(time, (await Store.GetPassagesAsync(Alice, [passage.Id], Token))[0].HappenedAt);
    }
}
