using MemU.Reasoning;

namespace MemU.Tests.Offline;

public class PlannerTests
{
    [Theory]
    [InlineData("Hi!")]
    [InlineData("Thank you so much, that's great!")]
    [InlineData("ok")]
    [InlineData("How are you?")]
    [InlineData("Good morning")]
    [InlineData("谢谢！")]
    [InlineData("Danke schön")]
    [InlineData("👍")]
    public async Task Small_talk_needs_no_memory(string message) => Assert.False((await PlanAsync(message)).NeedsRetrieval);

    [Theory]
    [InlineData("What did she say about it?")]
    [InlineData("Where do I live?")]
    [InlineData("And when?")]
    [InlineData("我住在哪里？")]
    [InlineData("nurse")]
    public async Task Without_context_a_question_is_never_rewritten(string query)
    {
        var plan = await PlanAsync(query);

        Assert.True(plan.NeedsRetrieval);
        Assert.Equal(query, plan.Query);
    }

    [Fact]
    public async Task A_pronoun_gets_the_names_and_words_of_the_context() =>
        Assert.Equal(
            "What does she do there? (Josephine, hospital)",
            (await PlanAsync("What does she do there?", "I met Josephine, who works at the hospital.")).Query);

    [Fact]
    public async Task An_ellipsis_gets_the_words_of_the_context() =>
        Assert.Equal("And when? (Lisbon, aunt, visit)", (await PlanAsync("And when?", "Did I visit my aunt in Lisbon?", "Yes, you did.")).Query.Replace("visit, aunt", "aunt, visit"));

    [Theory]
    [InlineData("Where did Josephine go to school?")]
    [InlineData("What did Josephine say about her job?")]
    [InlineData("Which restaurants in Porto do I like?")]
    [InlineData("Who am I?")]
    [InlineData("What time is it?")]
    [InlineData("What is the name of the book that I read this week?")]
    public async Task A_question_that_stands_alone_is_left_as_it_is(string query) =>
        Assert.Equal(query, (await PlanAsync(query, "We talked about Amelia and her horses.")).Query);

    [Theory]
    [InlineData("And when did that happen?")]
    [InlineData("Can you tell me more?")]
    [InlineData("Und wann war das?")]
    [InlineData("Which one is cheaper?")]
    [InlineData("Thanks, and where does he live?")]
    public async Task What_points_back_gets_the_context(string query) =>
        Assert.EndsWith("(Amelia, horses)", (await PlanAsync(query, "Amelia has horses.")).Query);

    [Fact]
    public async Task A_chinese_pronoun_gets_the_sentence_before() =>
        Assert.Equal("她在那里做什么？ (我的姐姐在医院工作。)", (await PlanAsync("她在那里做什么？", "我的姐姐在医院工作。")).Query);

    [Fact]
    public async Task Context_that_names_nothing_leaves_the_question_as_it_is() => Assert.Equal("Why?", (await PlanAsync("Why?", "ok", "thanks")).Query);

    private static Task<RetrievalPlan> PlanAsync(string query, params string[] context) => Talk.Reasoner.PlanAsync(
        Talk.Scope, new PlanRequest(query, [.. context.Select((c, n) => new ContextMessage(n % 2 == 0 ? "user" : "assistant", c))]), new ReasoningLog(), default);
}
