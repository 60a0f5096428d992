using MemU.Reasoning;
using MemU.TestSupport;

namespace MemU.Tests.Llm;

public sealed class QuestionTests
{
    private static readonly ContextMessage[] Context = [new("user", "I met Bob."), new("assistant", "Nice.")];

    [Fact]
    public async Task A_follow_up_is_rewritten_so_that_it_stands_alone()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"needs_retrieval":true,"query":"Where does Bob live?","reason":"asks about Bob"}""");

        var plan = await PlanAsync(model, "Where does he live?", Context);

        Assert.Equal(new RetrievalPlan(true, "Where does Bob live?", "asks about Bob"), plan);
        Assert.Equal(["I met Bob.", "Nice."], model.Server.Chats.Single().Block("earlier_messages").Select(m => m["text"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_single_message_is_never_rewritten()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"needs_retrieval":true,"query":"Something else entirely"}""");

        Assert.Equal("Where does he live?", (await PlanAsync(model, "Where does he live?")).Query);
    }

    [Theory]
    [InlineData("""{"needs_retrieval":false}""", false, "q?")]
    [InlineData("""{"needs_retrieval":"no","query":"Q2"}""", false, "Q2")]
    [InlineData("""{"needs_retrieval":"perhaps","query":"Q2"}""", true, "Q2")]
    [InlineData("""{"needs_retrieval":true,"query":""}""", true, "q?")]
    [InlineData("""{"needs_retrieval":true,"query":["x"]}""", true, "q?")]
    [InlineData("""{"needs_retrieval":true,"query":"I'm sorry, but I can't assist with that."}""", true, "q?")]
    [InlineData("""{"query":"Q2"}""", true, "Q2")]
    [InlineData("""{"needsRetrieval":0,"query":null}""", false, "q?")]
    public async Task A_plan_is_read_as_models_write_it(string answer, bool needed, string query)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say(answer);

        var plan = await PlanAsync(model, "q?", Context);

        Assert.Equal((needed, query), (plan.NeedsRetrieval, plan.Query));
        Assert.False(string.IsNullOrWhiteSpace(plan.Reason));
    }

    [Theory]
    [InlineData("""{"needs_retrieval":true,"query":"q?","parts":["Who is Ann's sister?","","[placeholder]",7,"Where does she live?","And when?"]}""", "Who is Ann's sister?|Where does she live?")]
    [InlineData("""{"needs_retrieval":true,"query":"q?","parts":"Who is Ann's sister?"}""", "Who is Ann's sister?")]
    [InlineData("""{"needs_retrieval":true,"query":"q?"}""", "")]
    public async Task A_question_is_taken_apart_as_far_as_is_allowed(string answer, string parts)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say(answer);

        var plan = await model.Reasoner.PlanAsync(
            model.Scope, new("q?", Context) { MaxParts = 2 }, model.Log, TestContext.Current.CancellationToken);

        Assert.Equal(parts, string.Join('|', plan.Parts));
        Assert.Contains("at most 2 of them", model.Server.Chats.Single().System);
    }

    [Fact]
    public async Task Parts_that_nobody_asked_for_are_not_taken()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"needs_retrieval":true,"query":"q?","parts":["Who is Ann's sister?"]}""");

        Assert.Empty((await PlanAsync(model, "q?", Context)).Parts);
        Assert.DoesNotContain("parts", model.Server.Chats.Single().System);
    }

    [Fact]
    public async Task Of_a_long_history_the_latest_messages_are_shown_and_no_more_than_fit()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 8_000 });
        model.Server.AnswerSensibly();
        var history = Enumerable.Range(0, 500).Select(i => new ContextMessage("user", $"m{i} {new string('x', 3_000)}")).ToList();

        await model.Reasoner.PlanAsync(model.Scope, new("q?", history), model.Log, TestContext.Current.CancellationToken);

        var sent = model.Server.Chats.Single();
        Assert.InRange(sent.User.Length, 1, 8_000);
        Assert.StartsWith("m499 ", sent.Block("earlier_messages")[^1]["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"enough":true,"next_query":"n","reason":"all there"}""", true, "n")]
    [InlineData("""{"enough":"false","next_query":"Where in Graz does Bob live?"}""", false, "Where in Graz does Bob live?")]
    [InlineData("""{"enough":false,"next_query":""}""", false, "q?")]
    [InlineData("""{"enough":{},"next_query":7}""", false, "q?")]
    public async Task A_verdict_is_read_as_models_write_it(string answer, bool enough, string next)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say(answer);

        var verdict = await JudgeAsync(model, "Bob lives in Graz.");

        Assert.Equal((enough, next), (verdict.IsEnough, verdict.NextQuery));
    }

    [Fact]
    public async Task Nothing_found_is_never_enough_and_costs_no_call()
    {
        await using var model = await ModelUnderTest.StartAsync();

        Assert.False((await JudgeAsync(model)).IsEnough);
        Assert.Empty(model.Server.Requests);
    }

    [Fact]
    public async Task Much_that_was_found_is_shown_best_first_as_far_as_it_fits()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 8_000 });
        model.Server.AnswerSensibly();

        await JudgeAsync(model, [.. Enumerable.Range(0, 1000).Select(i => $"hit {i} {new string('x', 200)}")]);

        var sent = model.Server.Chats.Single();
        Assert.InRange(sent.User.Length, 1, 8_000);
        Assert.StartsWith("hit 0 ", sent.Block("found")[0].GetValue<string>());
    }

    [Fact]
    public async Task Ranking_drops_what_is_unknown_or_repeated_and_keeps_to_the_limit()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"ranking":[3,"1",99,3,{"n":2},"zebra",-1,4]}""");

        var ids = await RankAsync(model, 3, "a", "b", "c", "d");

        Assert.Equal(["id-c", "id-a", "id-b"], ids);
        Assert.Contains("rank: dropped 3 × entry of 'ranking' that is no candidate.", model.Log.Notes);
        Assert.Contains("rank: dropped 1 × entry of 'ranking' that was named before.", model.Log.Notes);
        Assert.DoesNotContain("id-", model.Server.Chats.Single().User);
    }

    [Theory]
    [InlineData("""{"ranking":[]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"ranking":null}""")]
    public async Task A_ranking_may_be_empty(string answer)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say(answer);

        Assert.Empty(await RankAsync(model, 3, "a", "b"));
    }

    [Fact]
    public async Task Many_candidates_meet_in_a_tournament_of_bounded_prompts()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 4_000, MaxGistChars = 100 });
        model.Server.Always(r => ScriptedReply.Text(System.Text.Json.JsonSerializer.Serialize(new
        {
            ranking = r.Block("candidates").OrderByDescending(c => int.Parse(c["text"]!.GetValue<string>().Split(' ')[0])).Select(c => c["n"]!.GetValue<int>()),
        })));
        var texts = Enumerable.Range(0, 500).Select(i => $"{(i * 7919) % 500} {new string('x', 300)}").ToArray();

        var ids = await RankAsync(model, 5, texts);

        Assert.Equal(["499", "498", "497", "496", "495"], ids.Select(id => id.Split('-')[1].Split(' ')[0]));
        Assert.All(model.Server.Chats, c => Assert.InRange(c.User.Length, 1, 6_000));
        Assert.InRange(model.Server.Chats.Count, 10, 30);
    }

    [Fact]
    public async Task When_more_are_wanted_than_a_page_holds_one_round_does_it()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 2_000, MaxGistChars = 100 });
        model.Server.AnswerSensibly();

        var ids = await RankAsync(model, 90, [.. Enumerable.Range(0, 100).Select(i => $"{i} {new string('x', 90)}")]);

        Assert.Equal(90, ids.Distinct().Count());
        Assert.InRange(model.Server.Chats.Count, 2, 12);
    }

    [Fact]
    public async Task Nothing_to_rank_costs_no_call()
    {
        await using var model = await ModelUnderTest.StartAsync();

        Assert.Empty(await RankAsync(model, 5));
        Assert.Empty(model.Server.Requests);
    }

    private static Task<RetrievalPlan> PlanAsync(ModelUnderTest model, string query, params ContextMessage[] context) =>
        model.Reasoner.PlanAsync(model.Scope, new(query, context), model.Log, TestContext.Current.CancellationToken);

    private static Task<Verdict> JudgeAsync(ModelUnderTest model, params string[] found) =>
        model.Reasoner.JudgeAsync(model.Scope, new(MemoryTier.Items, "q?", [], found), model.Log, TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<string>> RankAsync(ModelUnderTest model, int topK, params string[] texts) =>
        model.Reasoner.RankAsync(model.Scope, new(MemoryTier.Items, "q?", [.. texts.Select(t => new RankCandidate($"id-{t}", t))], topK), model.Log, TestContext.Current.CancellationToken);
}
