using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class ExplainTests
{
    private static readonly RetrieveOptions Explained = RetrieveOptions.Fast with { Explain = true };
    private static readonly DateTimeOffset Noon = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);

    private static async Task<RetrieveHouse> HouseAsync(bool isOffline = false, IPassageReranker? reranker = null)
    {
        var house = new RetrieveHouse(new TopicEmbedding(["cello", "violin", "instrument"], ["bread", "soup"]), isOffline, reranker: reranker);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Alice buys a bow", [
            ("Ben", "Which bow did you buy last week?"), ("Alice", "I bought a light bow for my cello in Ghent."), ("Ben", "I baked bread yesterday."),
            ("Alice", "My violin is old. We had 3 of them once."), ("Ben", "Nice.")], Noon);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Soup", [("Ben", "The soup of Alice was hot."), ("Alice", "It was my soup, on Monday.")], Noon.AddDays(3));
        await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies", "Alice plays the cello.");
        await house.AddCategoryAsync(RetrieveHouse.Alice, "cello", "Everything about the cello", null);
        return house;
    }

    [Theory]
    [InlineData("Which bow did Alice buy for her cello?", false)]
    [InlineData("When did Alice have soup last month?", false)]
    [InlineData("How many instruments did Alice have on 10 February 2026?", false)]
    [InlineData("How many instruments did Alice have?", true)]
    [InlineData("What do you know about me?", true)]
    public async Task The_parts_of_every_hit_add_up_to_its_score(string question, bool isOffline)
    {
        var result = await (await HouseAsync(isOffline)).AskAsync(question, Explained);
        var why = result.Explanation!;
        AddsUp(why.Evidence, result.Evidence.Select(e => (e.Value.Id, e.Score)));
        AddsUp(why.Items, result.Items.Select(e => (e.Value.Id, e.Score)));
        AddsUp(why.Categories, result.Categories.Select(e => (e.Value.Id, e.Score)));
        AddsUp(why.Resources, result.Resources.Select(e => (e.Value.Id, e.Score)));
    }

    [Fact]
    public async Task Explaining_changes_neither_hits_nor_scores()
    {
        var house = await HouseAsync();
        foreach (var question in new[] { "Which bow did Alice buy?", "Who had soup?", "cello" })
        {
            var (plain, explained) = (await house.AskAsync(question, RetrieveOptions.Fast), await house.AskAsync(question, Explained));
            Assert.Null(plain.Explanation);
            Assert.Equal(plain.Evidence.Select(e => e.Value.Id), explained.Evidence.Select(e => e.Value.Id));
            Assert.All(plain.Evidence.Zip(explained.Evidence), p => Assert.Equal(p.First.Score, p.Second.Score, 5));
            Assert.Equal(plain.Categories.Select(e => e.Value.Id), explained.Categories.Select(e => e.Value.Id));
            Assert.Equal(plain.Items.Select(e => e.Value.Id), explained.Items.Select(e => e.Value.Id));
        }
    }

    [Fact]
    public async Task It_says_what_was_understood_of_the_question()
    {
        var house = await HouseAsync();
        var understood = (await house.AskAsync("How many bows did Alice buy last month or in May 2025?", Explained with { AskedAt = new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero) }))
            .Explanation!.Understood;
        Assert.Equal("Alice", understood.Speaker);
        Assert.Contains("bow", understood.Terms);
        Assert.DoesNotContain("alic", understood.Terms);
        Assert.Equal(["2025-05"], understood.Dates);
        Assert.Equal([new DayRange(new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28))], understood.Windows);
        Assert.Equal(["number", "several"], understood.AsksFor);
        Assert.False(understood.GoesOn);
    }

    [Theory]
    [InlineData("Where did we travel last year?", "2025-01-01", "2025-12-31", "Lisbon")]
    [InlineData("Where did we travel two years ago?", "2024-01-01", "2024-12-31", "Oslo")]
    [InlineData("Where did we travel last autumn?", "2025-09-01", "2025-11-30", "Lisbon")]
    [InlineData("Where did we travel the spring before last?", "2024-03-01", "2024-05-31", "Oslo")]
    public async Task A_past_year_or_season_is_shown_as_a_window_and_lifts_what_was_said_in_it(string question, string from, string to, string place)
    {
        var house = new RetrieveHouse(isOffline: true);
        foreach (var (where, year, month) in new[] { ("Rome", 2026, 1), ("Oslo", 2024, 5), ("Lisbon", 2025, 10), ("Paris", 2023, 4) })
        {
            await house.AddTalkAsync(RetrieveHouse.Alice, where, [("Alice", $"We travel to {where}.")], new DateTimeOffset(year, month, 7, 12, 0, 0, TimeSpan.Zero), withItems: false);
        }

        await house.AddTalkAsync(RetrieveHouse.Bob, "Canary", [("Bob", "CANARY: we travel.")], new DateTimeOffset(2025, 10, 7, 12, 0, 0, TimeSpan.Zero), withItems: false);

        var result = await house.AskAsync(question, Explained);

        Assert.Equal([new DayRange(DateOnly.Parse(from), DateOnly.Parse(to))], result.Explanation!.Understood.Windows);
        Assert.Equal($"We travel to {place}.", result.Evidence[0].Value.Text);
        Assert.Equal(AskedDate.WholeYear, Assert.Single(result.Explanation.Evidence[0].Parts, p => p.Signal == "date").Value, 6);
        Assert.DoesNotContain(result.Evidence, e => e.Value.Text.Contains("CANARY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_past_year_lifts_what_names_a_day_in_it_a_little()
    {
        var house = new RetrieveHouse(isOffline: true);
        await house.AddTalkAsync(
            RetrieveHouse.Alice, "Trips", [("Alice", "We travel to Rome on 3 May 2023."), ("Alice", "We travel to Oslo on 3 May 2025.")], new DateTimeOffset(2026, 1, 7, 12, 0, 0, TimeSpan.Zero),
            withItems: false);
        var result = await house.AskAsync("Where did we travel last year?", Explained);
        Assert.Contains("Oslo", result.Evidence[0].Value.Text);
        Assert.Equal(AskedDate.WholeYear, Assert.Single(result.Explanation!.Evidence[0].Parts, p => p.Signal == "named_date").Value, 6);
        Assert.DoesNotContain(result.Explanation.Evidence[1].Parts, p => p.Signal == "named_date");
    }

    [Fact]
    public async Task The_signals_that_decided_are_named()
    {
        var result = await (await HouseAsync()).AskAsync("Which bow did Alice buy for her cello?", Explained);
        var signals = result.Explanation!.Evidence[0].Parts.Select(p => p.Signal).ToList();
        Assert.Contains("I bought a light bow", result.Evidence[0].Value.Text);
        Assert.Superset(new HashSet<string> { "words", "answer", "speaker", "vectors" }, signals.ToHashSet());
    }

    [Fact]
    public async Task A_reranker_turns_the_order_and_its_part_is_shown()
    {
        var reranker = new ScriptedReranker(text => text.Contains("bread", StringComparison.Ordinal) ? 9 : -1);
        var house = await HouseAsync(isOffline: true, reranker);
        var plain = await house.AskAsync("Who bought a bow or baked bread?", RetrieveOptions.Fast with { EvidenceTopK = 5 });
        Assert.Equal(0, reranker.Asked);
        var result = await house.AskAsync("Who bought a bow or baked bread?", Explained with { Rerank = true, EvidenceTopK = 5 });
        Assert.Equal(1, reranker.Asked);
        Assert.Equal("I baked bread yesterday.", result.Evidence[0].Value.Text);
        Assert.NotEqual("I baked bread yesterday.", plain.Evidence[0].Value.Text);
        Assert.Contains(result.Explanation!.Evidence[0].Parts, p => p is { Signal: "rerank", Value: 1 });
        AddsUp(result.Explanation.Evidence, result.Evidence.Select(e => (e.Value.Id, e.Score)));
    }

    [Fact]
    public async Task A_reranker_is_not_asked_about_passages_beyond_those_that_are_wanted()
    {
        var reranker = new ScriptedReranker(_ => 1);
        var result = await (await HouseAsync(isOffline: true, reranker)).AskAsync("Who bought a bow or baked bread?", RetrieveOptions.Fast with { Rerank = true, EvidenceTopK = 1 });
        Assert.Single(result.Evidence);
        Assert.Equal(0, reranker.Asked);
    }

    [Fact]
    public async Task Without_a_reranker_the_chat_model_is_asked_once()
    {
        var house = await HouseAsync();
        house.Reasoner.Rank = r => [r.Candidates.Single(c => c.Text.Contains("bread")).Id];
        var result = await house.AskAsync("Who bought a bow or baked bread?", RetrieveOptions.Thorough with { Plan = false });
        Assert.Equal("I baked bread yesterday.", result.Evidence[0].Value.Text);
        Assert.Single(house.Reasoner.Ranked);
        Assert.Contains(result.Trace, t => t.Step == "rerank");
    }

    [Fact]
    public async Task A_reranker_that_forgets_a_passage_is_an_error_that_says_so()
    {
        var house = await HouseAsync(isOffline: true, new ScriptedReranker(_ => double.NaN));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => house.AskAsync("Who bought a bow in Ghent?", RetrieveOptions.Fast with { Rerank = true }));
        Assert.Contains("one finite number for each", error.Message);
    }

    private static void AddsUp(IReadOnlyList<HitExplanation> why, IEnumerable<(string Id, double Score)> hits)
    {
        var list = hits.ToList();
        Assert.Equal(list.Select(h => h.Id), why.Select(w => w.Id));
        Assert.All(why.Zip(list), p => Assert.Equal(p.Second.Score, p.First.Parts.Sum(s => s.Value * s.Weight), 9));
        Assert.All(why.SelectMany(w => w.Parts), p => Assert.True(double.IsFinite(p.Score)));
    }
}
