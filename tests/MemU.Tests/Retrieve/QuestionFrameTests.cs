using MemU.Retrieve;
using MemU.Retrieve.Evidence;
using MemU.Text;

namespace MemU.Tests.Retrieve;

public sealed class QuestionFrameTests
{
    private readonly RetrieveHouse house = new();

    [Theory]
    [InlineData("What kind of art does she make?", "kind", false)]
    [InlineData("Which types of bread are there?", "type", false)]
    [InlineData("How many times was she at the lake?", "time", false)]
    [InlineData("In what ways does she help?", "way", false)]
    [InlineData("Which people were kind to her?", "kind", true)]
    [InlineData("What type is her blood?", "type", true)]
    [InlineData("Which way leads to the lake?", "way", true)]
    [InlineData("Welche Art von Musik mag sie?", "art", false)]
    [InlineData("Quel genre de musique est-ce?", "genre", false)]
    [InlineData("¿Qué tipo de pan es?", "tipo", false)]
    public void A_word_that_only_shapes_the_question_is_not_searched(string question, string term, bool searched) =>
        Assert.Equal(searched, new Question(question).Terms.Contains(TextAnalyzer.Stem(term)));

    [Fact]
    public void A_question_of_nothing_else_keeps_its_words() => Assert.Equal(["kind"], new Question("What kind of?").Terms);

    // Time that grew with the square of its length took minutes.
    [Fact]
    public async Task A_question_of_very_many_frames_is_read_in_a_moment()
    {
        var text = string.Concat(Enumerable.Repeat("kind of ", 200_000)) + "art";

        var question = await Task.Run(() => new Question(text), TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal(["art"], question.Terms);
    }

    [Theory]
    [InlineData("Where did she go?", true)]
    [InlineData("When did she go to the lake?", false)]
    [InlineData("Is the Go program at the lake?", true)]
    public void To_go_is_searched_where_it_is_all_there_is_and_as_a_name(string question, bool searched)
    {
        var builder = new PassageIndexBuilder();
        builder.Add(new Passage { Scope = new MemoryScope(), Id = "p0", ResourceId = "r", Position = 0, Start = 0, Role = "Alice", Text = "Go to the lake." });
        Assert.Equal(searched, new Question(question).TermsIn(builder.Build().Pieces).Contains("go"));
    }

    [Fact]
    public async Task What_kind_of_thing_leads_to_the_thing_and_to_nothing_of_another_user()
    {
        (string, string)[] talk = [("Alice", "Kind of you. A kind word."), ("Ben", "You are welcome."), ("Ben", "We had soup."), ("Alice", "Then more tea."), ("Ben", "Good."), ("Alice", "Art, yes: glass and clay.")];
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", talk, withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Talk", [("Ben", "CANARY, a kind of art.")], withItems: false);
        var result = await house.AskAsync("What kind of art is it?", RetrieveOptions.Fast);
        Assert.Equal("Art, yes: glass and clay.", result.Evidence[0].Value.Text);
        Assert.All(result.Evidence, e => Assert.DoesNotContain("CANARY", e.Value.Text));
    }
}
