using MemU.Retrieve;
using MemU.Storage;

namespace MemU.Tests.Retrieve;

public sealed class ItemScoresTests
{
    private static readonly RetrieveOptions Explained = RetrieveOptions.Fast with { Explain = true };
    private static readonly DateTimeOffset March = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RetrieveHouse house = new(isOffline: true);

    [Fact]
    public async Task An_item_is_found_by_words_that_only_its_passage_has()
    {
        await TalkAsync(RetrieveHouse.Alice, March, "We signed the papers for the cottage in Tromso.", "The soup was hot.");
        await ItemAsync(RetrieveHouse.Alice, "bought", "Alice owns a home now.", "We signed the papers for the cottage in Tromso.");
        await ItemAsync(RetrieveHouse.Alice, "soup", "Alice had soup.", "The soup was hot.");
        var result = await house.AskAsync("Who signed papers for a cottage?", Explained);
        Assert.Equal("bought", result.Items[0].Value.Id);
        Assert.Contains(result.Explanation!.Items[0].Parts, p => p is { Signal: "passages", Score: > 0 });
    }

    [Fact]
    public async Task Of_items_that_fit_alike_the_one_that_was_told_again_comes_first()
    {
        await TalkAsync(RetrieveHouse.Alice, March, "I like tea.", "I like jam.");
        await TalkAsync(RetrieveHouse.Alice, March, "I like jam.");
        await ItemAsync(RetrieveHouse.Alice, "2", "Alice likes tea.", "I like tea.");
        await ItemAsync(RetrieveHouse.Alice, "1", "Alice likes jam.", "I like jam.");
        var result = await house.AskAsync("What does she like?", Explained);
        Assert.Equal(["1", "2"], result.Items.Select(i => i.Value.Id));
        Assert.Contains(result.Explanation!.Items[0].Parts, p => p is { Signal: "told_again", Value: 0.5 });
        Assert.DoesNotContain(result.Explanation.Items[1].Parts, p => p.Signal == "told_again");
    }

    [Fact]
    public async Task What_was_asked_and_answered_at_one_sitting_was_told_once()
    {
        await TalkAsync(RetrieveHouse.Alice, March, "Do you like jam?", "I like jam.");
        await ItemAsync(RetrieveHouse.Alice, "1", "Alice likes jam.", "Do you like jam?", "I like jam.");
        var result = await house.AskAsync("Who likes jam?", Explained);
        Assert.DoesNotContain(Assert.Single(result.Explanation!.Items).Parts, p => p.Signal == "told_again");
    }

    [Fact]
    public async Task In_which_order_an_item_names_its_passages_changes_nothing()
    {
        await TalkAsync(RetrieveHouse.Alice, March, "I like jam.", "I like the jam.");
        await TalkAsync(RetrieveHouse.Alice, March.AddDays(1), "I do like jam.");
        await ItemAsync(RetrieveHouse.Alice, "1", "Alice likes jam.", "I like jam.", "I like the jam.", "I do like jam.");
        var item = (await house.Store.GetItemsAsync(RetrieveHouse.Alice, ["1"], CancellationToken.None)).Single();
        await house.Store.CommitAsync(RetrieveHouse.Alice, new MemoryChanges
        {
            Items = [item with { PassageIds = [item.PassageIds[0], item.PassageIds[2], item.PassageIds[1]] }],
        }, CancellationToken.None);
        var result = await house.AskAsync("Who likes jam?", Explained);
        Assert.Contains(Assert.Single(result.Explanation!.Items).Parts, p => p is { Signal: "told_again", Value: 0.5 });
    }

    [Fact]
    public async Task Asking_why_changes_neither_the_order_nor_what_is_found()
    {
        var random = new Random(5);
        string[] words = ["heron", "canal", "bread", "soup", "violin", "tea", "jam", "cottage"];
        for (var talk = 0; talk < 25; talk++)
        {
            var texts = Enumerable.Range(0, 8).Select(_ => $"I saw {words[random.Next(8)]} and {words[random.Next(8)]} and {words[random.Next(8)]}.").ToArray();
            await house.AddTalkAsync(RetrieveHouse.Alice, "Chat", [.. texts.Select(t => ("Alice", t))], March.AddDays(talk / 5));
        }

        for (var round = 0; round < 60; round++)
        {
            var question = $"Where is the {words[random.Next(8)]} and {words[random.Next(8)]}?";
            var options = RetrieveOptions.Fast with { TopK = random.Next(1, 60), Diversity = random.Next(0, 3) / 2.0, MaxTokens = 400 };
            var (plain, explained) = (await house.AskAsync(question, options), await house.AskAsync(question, options with { Explain = true }));
            Assert.Equal(plain.Items.Select(i => i.Value.Id), explained.Items.Select(i => i.Value.Id));
            Assert.Equal(plain.Evidence.Select(i => i.Value.Id), explained.Evidence.Select(i => i.Value.Id));
            Assert.Equal(plain.Context, explained.Context);
            Assert.All(explained.Items.Zip(explained.Explanation!.Items), p => Assert.Equal(p.First.Score, p.Second.Parts.Sum(s => s.Score), 9));
        }
    }

    [Fact]
    public async Task Of_items_that_fit_alike_the_one_that_was_told_last_comes_first()
    {
        await TalkAsync(RetrieveHouse.Alice, March.AddDays(-60), "I live in Oslo.");
        await TalkAsync(RetrieveHouse.Alice, March, "I live in Turku.");
        await ItemAsync(RetrieveHouse.Alice, "2", "Alice lives in Oslo.", "I live in Oslo.");
        await ItemAsync(RetrieveHouse.Alice, "1", "Alice lives in Turku.", "I live in Turku.");
        var result = await house.AskAsync("Where does she live?", Explained);
        Assert.Equal(["1", "2"], result.Items.Select(i => i.Value.Id));
        Assert.Contains(result.Explanation!.Items[0].Parts, p => p is { Signal: "recent", Value: 1 });
    }

    [Fact]
    public async Task Being_told_ten_times_does_not_carry_an_item_past_one_that_fits_better()
    {
        for (var i = 0; i < 10; i++)
        {
            await TalkAsync(RetrieveHouse.Alice, March.AddDays(i), "I like tea.");
        }

        await TalkAsync(RetrieveHouse.Alice, March.AddDays(-300), "I like the heron by the canal.");
        await ItemAsync(RetrieveHouse.Alice, "often", "Alice likes tea.", "I like tea.");
        await ItemAsync(RetrieveHouse.Alice, "fits", "Alice likes the heron by the canal.", "I like the heron by the canal.");
        Assert.Equal("fits", (await house.AskAsync("Does she like the heron?", Explained)).Items[0].Value.Id);
    }

    [Fact]
    public async Task An_item_without_passages_stands_before_items_that_only_their_passages_speak_for()
    {
        await TalkAsync(RetrieveHouse.Alice, March, "Nuts are what I buy on Mondays.", "The soup was hot.");
        await ItemAsync(RetrieveHouse.Alice, "shopping", "Alice shops on Mondays.", "Nuts are what I buy on Mondays.");
        await house.Store.CommitAsync(RetrieveHouse.Alice, new MemoryChanges
        {
            Items =
            [
                new MemoryItem
                {
                    Scope = RetrieveHouse.Alice, Id = "by-hand", ResourceId = (await house.Store.ListResourcesAsync(RetrieveHouse.Alice, PageRequest.First, CancellationToken.None)).Items[0].Id,
                    MemoryType = MemoryTypes.Profile, Summary = "Alice is allergic to nuts.", CreatedAt = house.Time.GetUtcNow(),
                },
            ],
        }, CancellationToken.None);
        var result = await house.AskAsync("Is she allergic to nuts?", Explained);
        Assert.Equal(["by-hand", "shopping"], result.Items.Select(i => i.Value.Id));
        Assert.All(result.Items.Zip(result.Explanation!.Items), p => Assert.Equal(p.First.Score, p.Second.Parts.Sum(s => s.Score), 9));
    }

    [Fact]
    public async Task How_often_others_told_something_changes_nothing()
    {
        await TalkAsync(RetrieveHouse.Alice, March, "I like tea.", "I like jam.");
        await ItemAsync(RetrieveHouse.Alice, "1", "Alice likes tea.", "I like tea.");
        await ItemAsync(RetrieveHouse.Alice, "2", "Alice likes jam.", "I like jam.");
        var alone = await house.AskAsync("What does she like?", Explained);
        for (var i = 0; i < 3; i++)
        {
            await TalkAsync(RetrieveHouse.Bob, March.AddDays(i), "I like jam.", "I like the canary.");
        }

        await ItemAsync(RetrieveHouse.Bob, "b2", "Alice likes jam.", "I like jam.");
        await ItemAsync(RetrieveHouse.Bob, "b3", "Bob likes the canary.", "I like the canary.");
        var beside = await house.AskAsync("What does she like?", Explained);
        Assert.Equal(alone.Items.Select(i => (i.Value.Id, i.Score)), beside.Items.Select(i => (i.Value.Id, i.Score)));
        Assert.DoesNotContain(beside.Items, i => i.Value.Summary.Contains("canary", StringComparison.Ordinal));
    }

    private Task TalkAsync(MemoryScope scope, DateTimeOffset at, params string[] texts) =>
        house.AddTalkAsync(scope, "Chat", [.. texts.Select(t => ("Alice", t))], at, withItems: false);

    /// <summary>An item drawn from every passage that says one of the texts.</summary>
    private async Task ItemAsync(MemoryScope scope, string id, string summary, params string[] texts)
    {
        var passages = (await house.Store.ListPassagesAsync(scope, null, PageRequest.First, CancellationToken.None)).Items
            .Where(p => texts.Contains(p.Text)).OrderBy(p => p.Id, StringComparer.Ordinal).ToList();
        await house.Store.CommitAsync(scope, new MemoryChanges
        {
            Items =
            [
                new MemoryItem
                {
                    Scope = scope, Id = id, ResourceId = passages[0].ResourceId, MemoryType = MemoryTypes.Event, Summary = summary,
                    CreatedAt = house.Time.GetUtcNow(), PassageIds = [.. passages.Select(p => p.Id)],
                },
            ],
        }, CancellationToken.None);
    }
}
