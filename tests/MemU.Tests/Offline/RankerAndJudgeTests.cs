using MemU.Reasoning;

namespace MemU.Tests.Offline;

public class RankerAndJudgeTests
{
    private static readonly RankCandidate[] Candidates =
    [
        new("cat", "Ada keeps two cats"), new("job", "Ada works as a nurse in a hospital"), new("trip", "The trip to Porto in June"), new("nursing", "Nurses and hospitals in Norway"),
    ];

    [Fact]
    public async Task Candidates_come_in_order_of_what_they_share_with_the_question() =>
        Assert.Equal(["job", "nursing"], (await RankAsync("In which hospital does Ada work?", 10)).Take(2));

    [Fact]
    public async Task No_more_come_back_than_were_asked_for() => Assert.Equal(["job"], await RankAsync("In which hospital does Ada work?", 1));

    [Fact]
    public async Task Candidates_that_share_nothing_are_left_out() => Assert.Equal(["trip"], await RankAsync("Porto?", 10));

    [Fact]
    public async Task Without_candidates_nothing_is_ranked() =>
        Assert.Empty(await Talk.Reasoner.RankAsync(Talk.Scope, new RankRequest(MemoryTier.Items, "Porto?", [], 5), new ReasoningLog(), default));

    [Theory]
    [InlineData("When did Ada adopt the greyhound?", "Ada adopted the greyhound on 3 June 2016.", true)]
    [InlineData("When did Ada adopt the greyhound?", "Ada adopted the greyhound.", false)]
    [InlineData("When did Ada adopt the greyhound?", "Ada adopted a cat on 3 June 2016.", false)]
    [InlineData("How many greyhounds did Ada adopt?", "Ada (3 June 2016): I, Ada, adopted three greyhounds.", true)]
    [InlineData("How many greyhounds did Ada adopt?", "Ada (3 June 2016): I, Ada, adopted greyhounds.", false)]
    [InlineData("Where did Ada adopt the greyhound?", "Ada (3 June 2016): I, Ada, adopted the greyhound in Porto.", true)]
    [InlineData("Where did Ada adopt the greyhound?", "Ada (3 June 2016): I, Ada, adopted the greyhound.", false)]
    [InlineData("Who?", "Ada adopted a cat in Porto.", false)]
    public async Task Enough_is_one_text_with_all_words_and_the_kind_of_answer(string query, string found, bool enough) =>
        Assert.Equal(enough, (await JudgeAsync(MemoryTier.Items, query, found)).IsEnough);

    [Fact]
    public async Task Categories_are_never_enough() =>
        Assert.False((await JudgeAsync(MemoryTier.Categories, "When did Ada adopt the greyhound?", "Ada adopted the greyhound on 3 June 2016.")).IsEnough);

    [Fact]
    public async Task The_question_goes_on_unchanged() => Assert.Equal("Who?", (await JudgeAsync(MemoryTier.Items, "Who?", "Nobody")).NextQuery);

    private static Task<IReadOnlyList<string>> RankAsync(string query, int topK) =>
        Talk.Reasoner.RankAsync(Talk.Scope, new RankRequest(MemoryTier.Items, query, Candidates, topK), new ReasoningLog(), default);

    private static Task<Verdict> JudgeAsync(MemoryTier tier, string query, params string[] found) =>
        Talk.Reasoner.JudgeAsync(Talk.Scope, new JudgeRequest(tier, query, [], found), new ReasoningLog(), default);
}
