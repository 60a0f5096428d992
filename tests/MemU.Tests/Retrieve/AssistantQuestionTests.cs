using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

/// <summary>What is asked about a talk with an assistant that answers at length.</summary>
public sealed class AssistantQuestionTests
{
    private static readonly string Advice = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"advice{i}"));
    private readonly PassageIndexBuilder builder = new();
    private readonly List<string> texts = [];

    private AssistantQuestionTests Say(string role, string text, string resource)
    {
        builder.Add(new Passage { Scope = new MemoryScope(), Id = $"p{texts.Count}", ResourceId = resource, Position = texts.Count, Start = 0, Role = role, Text = text });
        texts.Add(text);
        return this;
    }

    private List<string> Ask(string question)
    {
        var found = TopScores.Of(EvidenceRanker.Score(builder.Build(), new Question(question)), 100);
        return [.. found.Select(h => texts[h.Value])];
    }

    [Fact]
    public void A_plain_question_is_answered_by_the_person_even_where_the_assistant_says_more_of_its_words()
    {
        Say("user", "My boat is a canoe.", "r1").Say("assistant", $"A canoe, the boat of lakes. {Advice}", "r1");
        Say("assistant", $"Blue is a good colour of a boat. {Advice}", "r2");
        Say("user", "Its colour, of the boat: blue.", "r3").Say("assistant", Advice, "r3");
        Assert.Equal("Its colour, of the boat: blue.", Ask("What colour of boat is good?")[0]);
    }

    [Fact]
    public void A_statement_is_found_where_it_was_said_whoever_said_it()
    {
        Say("assistant", $"Blue is a good colour of a boat. {Advice}", "r2");
        Say("user", "Its colour, of the boat: blue.", "r3").Say("assistant", Advice, "r3");
        Assert.StartsWith("Blue is a good colour", Ask("A good colour of a boat is blue.")[0]);
    }

    [Fact]
    public void What_the_assistant_said_comes_before_what_the_person_said_where_that_is_asked_for()
    {
        Say("user", "A canoe for lakes, which canoe?", "r1").Say("assistant", $"A canoe of cedar for lakes. {Advice}", "r1");
        Assert.StartsWith("A canoe of cedar", Ask("Which canoe for lakes did you suggest?")[0]);
        Assert.StartsWith("A canoe for lakes", Ask("Which canoe for lakes?")[0]);
    }

    [Fact]
    public void Words_of_like_meaning_lead_a_plain_question_to_what_the_person_told()
    {
        Say("user", "The sickness lasted for weeks.", "r1").Say("assistant", Advice, "r1");
        Assert.Equal("The sickness lasted for weeks.", Ask("How long was the illness?")[0]);
        Assert.Empty(Ask("The illness was long."));
    }
}
