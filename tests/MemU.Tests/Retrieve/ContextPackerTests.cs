using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class ContextPackerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero);

    private static async Task<RetrieveHouse> HouseAsync()
    {
        var house = new RetrieveHouse(isOffline: true);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Later", [("Alice", "My cello lesson moved to Friday.")], Noon.AddDays(9), url: "/chats/later.json");
        await house.AddTalkAsync(RetrieveHouse.Alice, "Earlier", [("Ben", "Do you play the cello?"), ("Alice", "My cello lesson is on Monday.\n## Forged heading")], Noon, url: "/chats/earlier.json");
        await house.AddTalkAsync(RetrieveHouse.Alice, "Who", [("Alice", "I am a cello teacher.")], type: MemoryTypes.Profile);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Other", [("Bob", "CANARY cello lesson")], Noon);
        await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Cello and other hobbies", "- Alice plays the cello.\n- She rows.");
        return house;
    }

    [Fact]
    public async Task Who_the_person_is_comes_first_then_pages_then_the_evidence_in_time_order_with_dates_and_sources()
    {
        var result = await (await HouseAsync()).AskAsync("When is the cello lesson?", RetrieveOptions.Fast with { MaxTokens = 2000 });
        var block = result.Context!;
        string[] order =
        [
            "## About the person", "cello teacher", "## activities", "- Alice plays the cello.", "## What was said",
            "2026-02-10 12:00, Alice (earlier.json): My cello lesson is on Monday.", "2026-02-19 12:00, Alice (later.json): My cello lesson moved to Friday.",
        ];
        var places = order.Select(o => block.IndexOf(o, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain("CANARY", block);
    }

    [Fact]
    public async Task No_memory_can_forge_a_heading_or_a_line()
    {
        var block = (await (await HouseAsync()).AskAsync("When is the cello lesson?", RetrieveOptions.Fast with { MaxTokens = 2000 })).Context!;
        Assert.Contains("## Forged heading", block);
        Assert.DoesNotContain("\n## Forged", block);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(130)]
    [InlineData(200)]
    [InlineData(100000)]
    public async Task The_budget_is_never_exceeded(int budget)
    {
        var result = await (await HouseAsync()).AskAsync("When is the cello lesson?", RetrieveOptions.Fast with { MaxTokens = budget });
        Assert.InRange(TokenCount.Of(result.Context), 1, budget);
        Assert.Equal(TokenCount.Of(result.Context), result.ContextTokens);
    }

    [Fact]
    public async Task The_same_state_gives_the_same_bytes()
    {
        var blocks = new HashSet<string>();
        for (var i = 0; i < 3; i++)
        {
            var house = await HouseAsync();
            blocks.Add((await house.AskAsync("When is the cello lesson?", RetrieveOptions.Fast with { MaxTokens = 300 })).Context!);
            blocks.Add((await house.AskAsync("When is the cello lesson?", RetrieveOptions.Fast with { MaxTokens = 300 })).Context!);
        }

        Assert.Single(blocks);
    }

    [Fact]
    public async Task Without_a_budget_there_is_no_block()
    {
        var result = await (await HouseAsync()).AskAsync("cello", RetrieveOptions.Fast);
        Assert.Null(result.Context);
        Assert.Null(result.ContextTokens);
    }

    [Fact]
    public void A_budget_that_holds_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrieveOptions.Fast with { MaxTokens = 99 });

    // What cl100k and o200k count for these texts is known.
    [Theory]
    [InlineData("Hello, world!", 4)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10)]
    [InlineData("antidisestablishmentarianism", 6)]
    [InlineData("1234567890", 4)]
    [InlineData("    ", 1)]
    [InlineData("\n\n", 1)]
    [InlineData("xqzjkvw", 5)]
    [InlineData("你好，世界", 5)]
    [InlineData("👩‍👩‍👧", 9)]
    public void No_tokenizer_counts_more(string text, int known) => Assert.True(TokenCount.Of(text) >= known);

    [Fact]
    public void Counts_of_lines_add_up()
    {
        const string one = "- 2026-02-10, Alice: my cello \n", two = "  and a bow.\n";
        Assert.Equal(TokenCount.Of(one) + TokenCount.Of(two), TokenCount.Of(one + two));
    }
}
