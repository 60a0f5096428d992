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

    [Fact]
    public void A_question_that_names_no_speaker_has_no_such_form()
    {
        Assert.Null(Of("What did Nora research?", "Caroline"));
        Assert.Null(Of("What did the user say to the assistant?", "user", "assistant"));
    }

    [Fact]
    public void A_question_that_is_only_a_name_has_none_either() => Assert.Null(Of("Caroline?", "Caroline"));
}
