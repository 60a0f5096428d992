using MemU.Reasoning;
using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class RetrieveFlowTests
{
    private readonly RetrieveHouse house = new();

    private async Task<RetrieveHouse> FilledAsync()
    {
        await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies and sports", "Alice plays the cello and climbs on Sundays.");
        await house.AddTalkAsync(RetrieveHouse.Alice, "Alice and Ben talk about music", [
            ("Alice", "I started cello lessons with a teacher in Utrecht."),
            ("Ben", "Nice! I only play the drums."),
        ]);
        return house;
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    [InlineData(null)]
    public async Task A_blank_question_is_refused(string? question)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => house.AskAsync(question!));
        Assert.Contains("The question is blank", error.Message);
        Assert.Empty(house.Reasoner.Planned);
    }

    [Fact]
    public async Task A_retrieval_without_messages_is_refused()
    {
        foreach (var messages in new IReadOnlyList<ContextMessage>[] { [], null!, [null!] })
        {
            var error = await Assert.ThrowsAsync<ArgumentException>(
                () => house.Flow.RunAsync(RetrieveHouse.Alice, messages, null, CancellationToken.None));
            Assert.Contains("There is no question", error.Message);
        }
    }

    [Fact]
    public async Task Everything_is_empty_when_no_memory_could_help()
    {
        await FilledAsync();
        house.Reasoner.Plan = r => new RetrievalPlan(false, "something else", "a greeting");
        var result = await house.AskAsync("Hello, cello!");
        Assert.False(result.NeedsRetrieval);
        Assert.Equal("Hello, cello!", result.OriginalQuery);
        Assert.Equal("Hello, cello!", result.RewrittenQuery);
        Assert.Null(result.NextStepQuery);
        Assert.Empty(result.Categories);
        Assert.Empty(result.Items);
        Assert.Empty(result.Resources);
        Assert.Empty(result.Evidence);
        Assert.Equal(new TraceStep("plan", "not needed", "a greeting"), Assert.Single(result.Trace));
        Assert.Empty(house.Embedding.Asked);
    }

    [Fact]
    public async Task A_question_with_context_is_searched_as_it_was_rewritten()
    {
        await FilledAsync();
        house.Reasoner.Plan = r => new RetrievalPlan(true, "Where does Alice take cello lessons?", "resolved");
        ContextMessage[] messages = [new("user", "Alice has taken up the cello."), new("assistant", " "), new("user", "Where does she take them?")];
        var result = await house.Flow.RunAsync(RetrieveHouse.Alice, messages, null, CancellationToken.None);
        Assert.Equal("Where does she take them?", result.OriginalQuery);
        Assert.Equal("Where does Alice take cello lessons?", result.RewrittenQuery);
        Assert.Contains("Utrecht", result.Evidence[0].Value.Text);
        Assert.Equal(["Where does Alice take cello lessons?", "Where does take cello lessons?"], house.Embedding.Asked);
        Assert.Equal([new ContextMessage("user", "Alice has taken up the cello.")], house.Reasoner.Planned.Single().Context);
        Assert.Contains(new TraceStep("plan", "needed, rewritten", "resolved"), result.Trace);
    }

    [Fact]
    public async Task A_single_message_is_never_rewritten()
    {
        await FilledAsync();
        house.Reasoner.Plan = r => new RetrievalPlan(true, "Who plays the drums?", "eager");
        var result = await house.AskAsync("Who plays the cello?");
        Assert.Equal("Who plays the cello?", result.RewrittenQuery);
        Assert.All(house.Embedding.Asked, q => Assert.Equal("Who plays the cello?", q));
        Assert.Equal("Who plays the cello?", house.Reasoner.Judged[0].Query);
    }

    [Fact]
    public async Task Enough_after_the_categories_stops_the_search_but_evidence_is_given()
    {
        await FilledAsync();
        house.Reasoner.Judge = r => new Verdict(true, "unused", "the page says it");
        var result = await house.AskAsync("Who takes cello lessons?");
        Assert.Single(result.Categories);
        Assert.Empty(result.Items);
        Assert.Empty(result.Resources);
        Assert.Contains("cello", result.Evidence[0].Value.Text);
        Assert.Null(result.NextStepQuery);
        Assert.Equal(["plan", "search categories", "judge categories", "evidence"], result.Trace.Select(t => t.Step));
        Assert.Equal(new TraceStep("judge categories", "enough", "the page says it"), result.Trace[2]);
    }

    [Fact]
    public async Task Enough_after_the_items_leaves_out_the_resources()
    {
        await FilledAsync();
        house.Reasoner.Judge = r => new Verdict(r.Tier == MemoryTier.Items, "Which cello teacher?", "");
        var result = await house.AskAsync("Who plays the cello?");
        Assert.NotEmpty(result.Items);
        Assert.Empty(result.Resources);
        Assert.Null(result.NextStepQuery);
        Assert.Equal([MemoryTier.Categories, MemoryTier.Items], house.Reasoner.Judged.Select(j => j.Tier));
        Assert.Equal("Which cello teacher?", house.Reasoner.Judged[1].Query);
        Assert.Contains(house.Reasoner.Judged[1].Found, f => f.Contains("Utrecht"));
    }

    [Fact]
    public async Task What_the_last_judge_would_go_on_with_is_reported()
    {
        await FilledAsync();
        house.Reasoner.Judge = r => new Verdict(false, r.Tier == MemoryTier.Items ? "Where is Utrecht?" : " ", "not yet");
        var result = await house.AskAsync("Who plays the cello?");
        Assert.Equal("Where is Utrecht?", result.NextStepQuery);
        Assert.Equal("Who plays the cello?", result.RewrittenQuery);
        Assert.NotEmpty(result.Resources);
        Assert.Equal(["Who plays the cello?", "Where is Utrecht?"], house.Embedding.Asked);
        Assert.Equal(2, result.Usage.EmbeddingCalls);
    }

    [Fact]
    public async Task Nothing_found_is_not_judged()
    {
        var result = await house.AskAsync("Who plays the cello?");
        Assert.True(result.NeedsRetrieval);
        Assert.Empty(house.Reasoner.Judged);
        Assert.Empty(result.Evidence);
        Assert.Null(result.NextStepQuery);
        Assert.Contains(new TraceStep("judge categories", "skipped", "nothing found"), result.Trace);
    }

    [Fact]
    public async Task Fast_makes_no_chat_call_and_one_embedding_call()
    {
        await FilledAsync();
        var result = await house.AskAsync("Who plays the cello?", RetrieveOptions.Fast);
        Assert.Equal(0, result.Usage.Calls);
        Assert.Equal(1, result.Usage.EmbeddingCalls);
        Assert.NotEmpty(result.Categories);
        Assert.NotEmpty(result.Items);
        Assert.NotEmpty(result.Resources);
        Assert.Null(result.NextStepQuery);
        Assert.Equal("scripted/model", result.Engine);
        Assert.Contains(new TraceStep("plan", "skipped"), result.Trace);
    }

    [Fact]
    public async Task Only_the_tiers_asked_for_are_searched()
    {
        await FilledAsync();
        var result = await house.AskAsync("cello", new RetrieveOptions { Tiers = [MemoryTier.Items] });
        Assert.Empty(result.Categories);
        Assert.NotEmpty(result.Items);
        Assert.Empty(result.Resources);
        Assert.Empty(house.Reasoner.Judged);
        Assert.NotEmpty(result.Evidence);
    }

    [Fact]
    public async Task Each_tier_gives_at_most_top_k_and_evidence_twice_that()
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "Cello", [.. Enumerable.Range(1, 30).Select(i => ("Alice", $"Cello lesson number {i} went well."))]);
        var fast = RetrieveOptions.Fast with { TopK = 3 };
        var result = await house.AskAsync("cello lesson", fast);
        Assert.Equal(3, result.Items.Count);
        Assert.Equal(6, result.Evidence.Count);
        Assert.Equal(7, (await house.AskAsync("cello lesson", fast with { EvidenceTopK = 7 })).Evidence.Count);
    }

    [Fact]
    public async Task Scores_are_finite_and_fall()
    {
        await FilledAsync();
        var result = await house.AskAsync("Where does Alice take cello lessons?", RetrieveOptions.Fast);
        foreach (var scores in new[]
        {
            result.Categories.Select(h => h.Score), result.Items.Select(h => h.Score), result.Resources.Select(h => h.Score),
            result.Evidence.Select(h => h.Score),
        })
        {
            Assert.All(scores, s => Assert.True(double.IsFinite(s)));
            Assert.Equal(scores.OrderDescending(), scores);
            Assert.NotEmpty(scores);
        }
    }

    [Fact]
    public async Task Evidence_says_who_said_what_when_and_where()
    {
        var day = new DateTimeOffset(2025, 5, 8, 13, 56, 0, TimeSpan.Zero);
        var talk = await house.AddTalkAsync(RetrieveHouse.Alice, "Music", [("Ben", "Hi there."), ("Alice", "My cello is made of maple.")], day);
        var first = (await house.AskAsync("What is the cello made of?")).Evidence[0].Value;
        Assert.Equal("My cello is made of maple.", first.Text);
        Assert.Equal("m2", first.MessageId);
        Assert.Equal("Alice", first.Role);
        Assert.Equal(day, first.HappenedAt);
        Assert.Equal(1, first.Position);
        Assert.Equal(talk.Id, first.ResourceId);
    }

    [Fact]
    public async Task A_cancelled_retrieval_stops()
    {
        await FilledAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => house.Flow.RunAsync(
            RetrieveHouse.Alice, [new ContextMessage("user", "cello")], null, new CancellationToken(canceled: true)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_question_about_nothing_in_particular_gives_an_overview(bool isOffline)
    {
        var home = new RetrieveHouse(isOffline: isOffline);
        var activities = await home.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies", "Plays the cello.");
        await home.AddCategoryAsync(RetrieveHouse.Alice, "goals", "Plans", null);
        var habits = await home.AddCategoryAsync(RetrieveHouse.Alice, "habits", "Routines", "Gets up early.");
        await home.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "I am a teacher.")], type: MemoryTypes.Profile);
        await home.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "You know it rained.")]);
        var result = await home.AskAsync("What do you know about me?", RetrieveOptions.Fast);
        Assert.Equal([activities.Id, habits.Id], result.Categories.Select(c => c.Value.Id));
        Assert.Equal(["Alice said: I am a teacher.", "Alice said: You know it rained."], result.Items.Select(i => i.Value.Summary));
        Assert.Equal(2, result.Evidence.Count);
    }
}
