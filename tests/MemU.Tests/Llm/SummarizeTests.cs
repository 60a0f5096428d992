using MemU.Reasoning;

namespace MemU.Tests.Llm;

public sealed class SummarizeTests
{
    [Fact]
    public async Task All_touched_categories_are_rewritten_in_one_call()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"pages":[{"n":2,"summary":"# Work\n- nurse in Graz since 2024"},{"n":1,"summary":"# Likes\n- tea"}]}""");

        var result = await SummarizeAsync(model, Page("c1", "likes", null, "Alice likes tea."), Page("c2", "work", "- nurse in Linz", "Alice is a nurse in Graz since 2024."));

        Assert.Equal([new("c1", "# Likes\n- tea"), new CategorySummary("c2", "# Work\n- nurse in Graz since 2024")], result);
        var sent = model.Server.Chats.Single();
        Assert.Contains("about 120 words", sent.System);
        var pages = sent.Block("pages");
        Assert.Equal("- nurse in Linz", pages[1]["text_so_far"]!.GetValue<string>());
        Assert.Equal("Alice is a nurse in Graz since 2024.", pages[1]["new_memories"]![0]!.GetValue<string>());
        Assert.Null(pages[0]["text_so_far"]);
        Assert.DoesNotContain("c1", sent.User);
    }

    [Fact]
    public async Task What_was_withdrawn_is_shown_as_no_longer_true()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.AnswerSensibly();

        await SummarizeAsync(model, new CategoryUpdate("c1", "likes", "d", "- tea", [], ["Alice likes tea."]));

        Assert.Equal("Alice likes tea.", model.Server.Chats.Single().Block("pages")[0]["no_longer_true"]![0]!.GetValue<string>());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("\"None\"")]
    [InlineData("\"No change.\"")]
    [InlineData("\"I'm sorry, but I can't help with that.\"")]
    [InlineData("\"<summary>\"")]
    public async Task A_category_without_usable_text_keeps_its_old_summary(string bad)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say($$"""{"pages":[{"n":1,"summary":{{bad}}},{"n":2,"summary":"# Work"},{"n":9,"summary":"# Ghost"}]}""");

        var result = await SummarizeAsync(model, Page("c1", "likes", "old", "new"), Page("c2", "work", "old", "new"), Page("c3", "goals", "old", "new"));

        Assert.Equal([new CategorySummary("c2", "# Work")], result);
        Assert.Contains("summarize: 2 of 3 category summaries came back without usable text and stay as they were.", model.Log.Notes);
    }

    [Fact]
    public async Task Pages_named_instead_of_numbered_are_recognised()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""[{"name":"Work","summary":"# Work"},{"name":"likes","summary":"# Likes"}]""");

        var result = await SummarizeAsync(model, Page("c1", "likes", null, "new"), Page("c2", "work", null, "new"));

        Assert.Equal([new("c1", "# Likes"), new CategorySummary("c2", "# Work")], result);
    }

    [Fact]
    public async Task Pages_that_do_not_fit_into_one_prompt_are_spread_over_several()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 4_000 });
        model.Server.AnswerSensibly();
        var pages = Enumerable.Range(0, 6).Select(i => Page($"c{i}", $"n{i}", new string('o', 1_000), new string('m', 500))).ToArray();

        var result = await SummarizeAsync(model, pages);

        Assert.Equal(pages.Select(p => p.CategoryId), result.Select(r => r.CategoryId));
        Assert.Equal(3, model.Server.Chats.Count);
        Assert.All(model.Server.Chats, c => Assert.InRange(c.User.Length, 1, 6_000));
    }

    [Fact]
    public async Task A_page_with_more_memories_than_a_prompt_holds_takes_them_up_in_rounds()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 2_000 });
        model.Server.Always(r => TestSupport.ScriptedReply.Text($$"""{"pages":[{"n":1,"summary":"after round {{r.Block("pages")[0]["text_so_far"]}}+"}]}"""));
        var memories = Enumerable.Range(0, 50).Select(i => $"memory {i} {new string('m', 80)}").ToArray();

        var result = await SummarizeAsync(model, new CategoryUpdate("c1", "n", "d", "0", memories, []));

        var shown = model.Server.Chats.SelectMany(c => c.Block("pages")[0]["new_memories"]!.AsArray().Select(m => m!.GetValue<string>()));
        Assert.Equal(memories, shown);
        Assert.All(model.Server.Chats, c => Assert.InRange(c.User.Length, 1, 4_000));
        Assert.Equal(model.Server.Chats.Count, Assert.Single(result).Summary.Count(ch => ch == '+'));
    }

    [Fact]
    public async Task Nothing_to_summarise_costs_no_call()
    {
        await using var model = await ModelUnderTest.StartAsync();

        Assert.Empty(await SummarizeAsync(model));
        Assert.Empty(model.Server.Requests);
    }

    private static CategoryUpdate Page(string id, string name, string? old, string item) => new(id, name, $"about {name}", old, [item], []);

    private static Task<IReadOnlyList<CategorySummary>> SummarizeAsync(ModelUnderTest model, params CategoryUpdate[] pages) =>
        model.Reasoner.SummarizeAsync(model.Scope, new(pages, 120), model.Log, TestContext.Current.CancellationToken);
}
