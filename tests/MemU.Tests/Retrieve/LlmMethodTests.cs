using MemU.Retrieve;
using MemU.Storage;

namespace MemU.Tests.Retrieve;

public sealed class LlmMethodTests
{
    private static readonly RetrieveOptions Llm = RetrieveOptions.Fast with { Method = RetrieveMethod.Llm, TopK = 2 };
    private readonly RetrieveHouse house = new();

    [Fact]
    public async Task Unknown_and_repeated_ids_are_dropped_and_top_k_is_enforced()
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "One."), ("Alice", "Two."), ("Alice", "Three.")]);
        house.Reasoner.Rank = r =>
            ["no-such-id", r.Candidates[2 % r.Candidates.Count].Id, r.Candidates[2 % r.Candidates.Count].Id, .. r.Candidates.Select(c => c.Id)];
        var result = await house.AskAsync("anything", Llm);
        var candidates = house.Reasoner.Ranked.Single(r => r.Tier == MemoryTier.Items).Candidates;
        Assert.Equal([candidates[2].Id, candidates[0].Id], result.Items.Select(i => i.Value.Id));
        Assert.Equal([1, 0.5], result.Items.Select(i => i.Score));
    }

    [Fact]
    public async Task Items_without_a_category_are_candidates_and_every_page_is_read()
    {
        var count = PageRequest.MaxLimit + 5;
        await house.AddTalkAsync(RetrieveHouse.Alice, "Long", [.. Enumerable.Range(0, count).Select(i => ("Alice", $"Fact {i}."))]);
        house.Reasoner.Rank = r => [.. r.Candidates.Where(c => c.Text.EndsWith("Fact 3.", StringComparison.Ordinal)).Select(c => c.Id)];
        var result = await house.AskAsync("anything", Llm);
        Assert.Equal(count, house.Reasoner.Ranked.Single(r => r.Tier == MemoryTier.Items).Candidates.Count);
        Assert.Equal("Alice said: Fact 3.", Assert.Single(result.Items).Value.Summary);
    }

    [Fact]
    public async Task Candidates_show_what_the_reasoner_needs_to_choose()
    {
        await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies", "Plays the cello.");
        await house.AddTalkAsync(RetrieveHouse.Alice, "About music", [("Alice", "I play.")], url: "https://example.org/talk.json");
        await house.AskAsync("anything", Llm);
        Assert.Equal(["activities: Hobbies\nPlays the cello."], Texts(MemoryTier.Categories));
        Assert.Equal(["[event] Alice said: I play."], Texts(MemoryTier.Items));
        Assert.Equal(["[conversation] https://example.org/talk.json\nAbout music"], Texts(MemoryTier.Resources));

        IEnumerable<string> Texts(MemoryTier tier) => house.Reasoner.Ranked.Single(r => r.Tier == tier).Candidates.Select(c => c.Text);
    }

    [Fact]
    public async Task The_reasoner_is_not_asked_about_an_empty_tier_and_nothing_is_embedded()
    {
        var result = await house.AskAsync("anything", Llm);
        Assert.Empty(house.Reasoner.Ranked);
        Assert.Empty(house.Embedding.Asked);
        Assert.Empty(result.Items);
    }

    [Fact]
    public async Task Candidates_of_another_space_are_never_shown_to_the_reasoner()
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "Fact.")]);
        await house.AddTalkAsync(RetrieveHouse.Bob, "CANARY", [("Bob", "CANARY")]);
        await house.AskAsync("anything", Llm);
        Assert.DoesNotContain(house.Reasoner.Ranked.SelectMany(r => r.Candidates), c => c.Text.Contains("CANARY"));
    }
}
