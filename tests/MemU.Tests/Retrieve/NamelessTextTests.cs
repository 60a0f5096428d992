using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

public sealed class NamelessTextTests
{
    private static string? Of(string question, params string[] speakers)
    {
        var builder = new PassageIndexBuilder();
        foreach (var (i, speaker) in speakers.Index())
        {
            builder.Add(new Passage { Scope = new MemoryScope("alice"), Id = $"p{i}", ResourceId = "r", Position = i, Start = 10 * i, Role = speaker, Text = "Hello." });
        }

        return NamelessText.Of(builder.Build(), question);
    }

    [Theory]
    [InlineData("What did Caroline research?", "What did research?")]
    [InlineData("What is Caroline's job, and what is MELANIE’s?", "What is job, and what is ?")]
    [InlineData("Wo arbeitet José heute?", "Wo arbeitet heute?")]
    public void The_names_of_speakers_are_taken_out(string question, string rest) => Assert.Equal(rest, Of(question, "Caroline", "Melanie", "José"));

    [Theory]
    [InlineData("Was hat Annas Bruder gekauft?", "Was hat Bruder gekauft?", "Anna")]
    [InlineData("Где живёт брат Анны?", "Где живёт брат ?", "Анна")]
    [InlineData("أين تعمل فاطمة الآن؟", "أين تعمل الآن؟", "فاطمة")]
    [InlineData("What is James' job?", "What is job?", "James")]
    [InlineData("What did O'Brien tell Jean-Luc of Mars?", "What did tell of Mars?", "O'Brien", "Jean-Luc")]
    [InlineData("What did anna_b buy for bob@example.org?", "What did buy for ?", "anna_b", "bob@example.org")]
    public void So_are_those_of_other_languages_and_those_of_several_parts(string question, string rest, params string[] speakers) =>
        Assert.Equal(rest, Of(question, speakers));

    [Theory]
    [InlineData("小明在哪里工作？", "小明")]
    [InlineData("田中さんは何を勉強しましたか", "田中")]
    public void A_name_in_a_script_without_blanks_stays(string question, string speaker) => Assert.Null(Of(question, speaker));

    [Fact]
    public void A_question_that_names_no_speaker_has_no_such_form()
    {
        Assert.Null(Of("What did Nora research?", "Caroline"));
        Assert.Null(Of("What did the user say to the assistant?", "user", "assistant"));
    }

    [Theory]
    [InlineData("Caroline?")]
    [InlineData("What do you know about Caroline?")]
    public void A_question_for_nothing_but_a_person_has_none_either(string question) => Assert.Null(Of(question, "Caroline"));
}
