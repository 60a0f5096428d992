using MemU.Reasoning;
using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class SubQueryTests
{
    private const string Question = "Which town does the sister of Alice live in?";
    private static readonly RetrieveOptions TakenApart = RetrieveOptions.Fast with { Plan = true, SubQueries = 2, EvidenceTopK = 3 };

    private readonly RetrieveHouse house = new();

    private async Task<RetrieveHouse> FilledAsync()
    {
        await house.AddTalkAsync(RetrieveHouse.Alice, "A long talk", [
            ("Alice", "My sister Nora visited me on Sunday."),
            ("Ben", "Which town do you like best? Which town has good tea? I never know which town to live in."),
            ("Alice", "I water the ferns every morning."),
            ("Ben", "Good for them."),
        ], withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Another talk", [
            ("Ben", "We painted the fence blue."),
            ("Alice", "Nora moved to Ghent for her studies."),
        ], withItems: false);
        return house;
    }

    [Fact]
    public async Task The_parts_of_a_question_are_searched_besides_it()
    {
        await FilledAsync();
        var before = await house.AskAsync(Question, TakenApart with { SubQueries = 0, EvidenceTopK = 1 });
        house.Reasoner.Plan = r => new RetrievalPlan(true, r.Query, "two steps") { Parts = ["Who is the sister of Alice?", "Nora moved to"] };

        var result = await house.AskAsync(Question, TakenApart);

        Assert.DoesNotContain("Ghent", before.Evidence[0].Value.Text);
        Assert.Contains(result.Evidence, e => e.Value.Text.Contains("Ghent"));
        Assert.Contains(new TraceStep("sub-queries", "2 searched", "Who is the sister of Alice? | Nora moved to"), result.Trace);
        Assert.Equal(2, house.Reasoner.Planned[^1].MaxParts);
    }

    [Fact]
    public async Task The_explanation_says_what_each_part_gave_and_adds_up_to_the_score()
    {
        await FilledAsync();
        house.Reasoner.Plan = r => new RetrievalPlan(true, r.Query, "two steps") { Parts = ["Who is the sister of Alice?", "Nora moved to"] };

        var result = await house.AskAsync(Question, TakenApart with { Explain = true, Diversity = 0 });

        Assert.Equal(["Who is the sister of Alice?", "Nora moved to"], result.Explanation!.Understood.SubQueries);
        var ghent = result.Evidence.Index().Single(e => e.Item.Value.Text.Contains("Ghent"));
        var parts = result.Explanation.Evidence[ghent.Index].Parts;
        Assert.True(parts.Single(p => p.Signal == "sub_query_2").Score > 0);
        Assert.Equal(EvidenceSearch.SubQueryWeight, ghent.Item.Score, 6);
        Assert.All(result.Evidence.Zip(result.Explanation.Evidence), e => Assert.Equal(e.First.Score, e.Second.Parts.Sum(p => p.Score), 6));
    }

    [Fact]
    public async Task With_room_left_the_first_hits_lead_to_one_more_query()
    {
        await FilledAsync();
        house.Reasoner.Judge = r => new Verdict(false, "Nora moved to", "the sister is Nora");

        var result = await house.AskAsync(Question, TakenApart);

        Assert.Contains("Alice: My sister Nora visited me on Sunday.", Assert.Single(house.Reasoner.Judged).Found);
        Assert.Contains(result.Evidence, e => e.Value.Text.Contains("Ghent"));
        Assert.Contains(new TraceStep("judge evidence", "go on", "the sister is Nora"), result.Trace);
        Assert.Equal(2, result.Usage.Calls);
    }

    [Theory]
    [InlineData(true, "Nora moved to", "enough")]
    [InlineData(false, Question, "nothing new to ask")]
    [InlineData(false, " ", "nothing new to ask")]
    public async Task Nothing_more_is_searched_when_the_hits_are_enough_or_nothing_new_is_asked(bool enough, string next, string decision)
    {
        await FilledAsync();
        house.Reasoner.Judge = _ => new Verdict(enough, next, "");

        var result = await house.AskAsync(Question, TakenApart);

        Assert.Contains(result.Trace, t => t is { Step: "judge evidence" } && t.Decision == decision);
        Assert.DoesNotContain(result.Trace, t => t.Step == "sub-queries");
    }

    [Fact]
    public async Task There_are_never_more_than_were_allowed()
    {
        await FilledAsync();
        house.Reasoner.Plan = r => new RetrievalPlan(true, r.Query, "eager") { Parts = ["a fence", "A fence", " ", "the ferns", "some tea", "a town"] };

        var result = await house.AskAsync(Question, TakenApart with { Explain = true, Diversity = 0 });

        Assert.Equal(["a fence", "the ferns"], result.Explanation!.Understood.SubQueries);
        Assert.Empty(house.Reasoner.Judged);
    }

    [Fact]
    public async Task The_question_over_again_is_no_part_of_it()
    {
        await FilledAsync();
        house.Reasoner.Plan = r => new RetrievalPlan(true, r.Query, "simple") { Parts = [Question.ToUpperInvariant(), "a fence"] };

        var result = await house.AskAsync(Question, TakenApart with { Explain = true, Diversity = 0 });

        Assert.Equal(["a fence"], result.Explanation!.Understood.SubQueries.Take(1));
        Assert.Single(house.Reasoner.Judged);
    }

    [Fact]
    public async Task Parts_find_nothing_of_another_space()
    {
        await FilledAsync();
        await house.AddTalkAsync(RetrieveHouse.Bob, "Another talk", [("Bob", "The canary Nora moved to is in a cage.")]);
        house.Reasoner.Plan = r => new RetrievalPlan(true, r.Query, "two steps") { Parts = ["Nora moved to the canary in a cage"] };

        var result = await house.AskAsync(Question, TakenApart);

        Assert.NotEmpty(result.Evidence);
        Assert.All(result.Evidence, e => Assert.DoesNotContain("canary", e.Value.Text));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(RetrieveOptions.MaxSubQueries + 1)]
    public void A_number_out_of_bounds_is_refused(int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetrieveOptions.Fast with { SubQueries = number });
}
