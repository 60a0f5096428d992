using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class RagSearchTests
{
    private readonly RetrieveHouse house = new();

    [Fact]
    public async Task A_category_without_content_does_not_outrank_one_with_content()
    {
        await house.AddCategoryAsync(RetrieveHouse.Alice, "cello", "Everything about the cello", null);
        var filled = await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies and sports", "Alice practises on Sundays; once she tried a cello.");
        var result = await house.AskAsync("cello", RetrieveOptions.Fast);
        Assert.Equal(filled.Id, result.Categories[0].Value.Id);
        Assert.True(result.Categories[0].Score >= result.Categories[1].Score);
    }

    [Fact]
    public async Task A_source_is_found_by_its_caption_its_name_and_its_words()
    {
        var byCaption = await house.AddTalkAsync(RetrieveHouse.Alice, "A walk along the canal", [("Alice", "Nice.")], withItems: false);
        var byName = await house.AddTalkAsync(RetrieveHouse.Alice, "Notes", [("Alice", "Good.")], withItems: false, url: "/home/alice/budget-plan.txt");
        var byWords = await house.AddTalkAsync(RetrieveHouse.Alice, "Chat", [("Alice", "The heron stood still.")], withItems: false);
        foreach (var (question, wanted) in new[] { ("canal", byCaption), ("budget", byName), ("heron", byWords) })
        {
            Assert.Equal(wanted.Id, (await house.AskAsync(question, RetrieveOptions.Fast)).Resources[0].Value.Id);
        }

        Assert.DoesNotContain((await house.AskAsync("home", RetrieveOptions.Fast)).Resources, r => r.Score > 0);
    }

    [Fact]
    public async Task An_item_leads_to_its_passages()
    {
        var scope = RetrieveHouse.Alice;
        await house.AddTalkAsync(scope, "Chat", [("Alice", "We finally signed it!"), ("Alice", "Soup again.")], withItems: false);
        var signed = (await house.Store.ListPassagesAsync(scope, null, PageRequest.First, CancellationToken.None)).Items[0];
        await house.Store.CommitAsync(scope, new()
        {
            Items =
            [
                new MemoryItem
                {
                    Scope = scope, Id = "item-1", ResourceId = signed.ResourceId, MemoryType = MemoryTypes.Event, Summary = "Alice bought a house.",
                    CreatedAt = house.Time.GetUtcNow(), PassageIds = [signed.Id],
                },
            ],
        }, CancellationToken.None);
        var result = await house.AskAsync("Who bought a house?", RetrieveOptions.Fast);
        Assert.Equal(signed.Id, Assert.Single(result.Evidence).Value.Id);
    }
}
