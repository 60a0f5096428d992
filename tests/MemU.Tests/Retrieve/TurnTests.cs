using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

/// <summary>What one says in several messages, until another speaks, is one turn: neighbours are what others said before and after it.</summary>
public sealed class TurnTests
{
    private readonly SpokenPassages spoken = new();

    private TurnTests Say(string? role, string text, string resource = "r1")
    {
        spoken.Say(role, text, resource: resource);
        return this;
    }

    private PassageIndex Index(PassageIndex? previous = null) => spoken.Index(previous);

    private double SignalOf(int passage, Signal signal, string question) => spoken.SignalOf(passage, signal, question);

    [Fact]
    public void Messages_of_one_speaker_are_a_turn_until_another_speaks()
    {
        Say("Ben", "Hi!").Say("ben", "All well?").Say("Alice", "Yes.").Say("Ben", "Good.");
        Assert.Equal([0, 2, 3, 4], Index().Turns);
        Assert.Equal([0, 0, 1, 2], Index().Facts.Select(f => f.Turn));
    }

    [Fact]
    public void A_new_session_begins_a_turn()
    {
        Say("Ben", "Hi!").Say("Ben", "All well?", "r2");
        Assert.Equal([0, 1, 2], Index().Turns);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Paragraphs_are_turns_each(string? role)
    {
        Say(role, "First.").Say(role, "Second.");
        Assert.Equal([0, 1, 2], Index().Turns);
    }

    [Fact]
    public void Notes_without_anybody_who_answers_are_turns_of_six()
    {
        for (var i = 0; i < 14; i++)
        {
            Say("user", $"Note {i}.");
        }

        Assert.Equal([0, 6, 12, 14], Index().Turns);
    }

    [Fact]
    public void An_index_that_goes_on_counts_its_turns_on()
    {
        Say("Ben", "Hi!").Say("Ben", "All well?").Say("Alice", "Yes.");
        var first = Index();
        spoken.Clear();
        Say("Alice", "And here?", "r2").Say("Ben", "Fine.", "r2").Say("Ben", "Really.", "r2");
        var grown = Index(first);
        Assert.Equal([0, 2, 3, 4, 6], grown.Turns);
        Assert.Equal([0, 0, 1, 2, 3, 3], grown.Facts.Select(f => f.Turn));
    }

    [Fact]
    public void Every_message_of_a_turn_answers_what_the_turn_before_asked_somewhere()
    {
        Say("Ben", "Which bow from Ghent?").Say("Ben", "I forgot.").Say("Alice", "The light one.").Say("Alice", "From 1900.").Say("Ben", "Thanks.");
        Assert.Equal([0, 0, 1, 1, 0], Enumerable.Range(0, 5).Select(p => SignalOf(p, Signal.Answer, "Which bow from Ghent?")));
    }

    [Fact]
    public void A_question_needs_no_mark()
    {
        Say("Ben", "so which bow from Ghent did u take").Say("Alice", "The light one.");
        Assert.Equal(1, SignalOf(1, Signal.Answer, "Which bow from Ghent?"));
        Assert.True(SignalOf(0, Signal.Asking, "Which bow from Ghent?") > 0);
    }

    [Fact]
    public void What_the_turn_before_asks_and_this_one_tells_in_several_messages_are_read_as_one()
    {
        Say("Ben", "Which bow from Ghent?").Say("Alice", "The light one.").Say("Alice", "From 1900.").Say("Ben", "Thanks.");
        Assert.Equal(1, SignalOf(2, Signal.Told, "Which bow from Ghent?"), 3);
        Assert.Equal(0, SignalOf(3, Signal.Told, "Which bow from Ghent?"));
    }

    [Fact]
    public void A_question_of_the_last_session_is_answered_by_none_of_the_next()
    {
        Say("Ben", "Which bow from Ghent?").Say("Alice", "The light one.", "r2");
        Assert.Equal(0, SignalOf(1, Signal.Answer, "Which bow from Ghent?"));
        Assert.Equal(0, SignalOf(1, Signal.Told, "Which bow from Ghent?"));
    }

    [Fact]
    public void A_question_of_two_turns_back_is_answered_already()
    {
        Say("Ben", "Which bow from Ghent?").Say("Alice", "The light one from Ghent.").Say("Ben", "Nice.");
        Assert.Equal(0, SignalOf(2, Signal.Answer, "Which bow from Ghent?"));
    }

    [Fact]
    public void Nobody_answers_himself()
    {
        for (var i = 0; i < 8; i++)
        {
            Say("Ben", i == 5 ? "Which bow from Ghent?" : "Well.");
        }

        Assert.Equal(0, SignalOf(6, Signal.Answer, "Which bow from Ghent?"));
        Assert.Equal(0, SignalOf(6, Signal.Told, "Which bow from Ghent?"));
    }

    [Fact]
    public void A_turn_has_the_words_of_its_best_message()
    {
        Say("Ben", "Which bow from Ghent?").Say("Ben", "Tell me of Ghent.").Say("Ben", "Please!").Say("Alice", "The light one.");
        Assert.Equal(1, SignalOf(3, Signal.Answer, "Which bow from Ghent?"), 3);
    }

    [Fact]
    public void A_window_holds_the_words_of_turns_of_several_messages()
    {
        Say("Ben", "The bow is from Ghent.").Say("Ben", "So.").Say("Ben", "Well.").Say("Alice", "Oh.").Say("Alice", "Ah.").Say("Ben", "Yes.").Say("Alice", "Far off.");
        Assert.True(SignalOf(5, Signal.Window, "bow from Ghent") > 0);
        Assert.Equal(0, SignalOf(6, Signal.Window, "bow from Ghent"));
    }

    [Fact]
    public void What_is_told_counts_for_the_messages_beside_it_in_the_turn_alone()
    {
        Say("Alice", "Well.").Say("Alice", "So.").Say("Alice", "We bought the bow.").Say("Alice", "In Ghent.").Say("Ben", "Nice.").Say("Alice", "Fine.").Say("Ben", "A bow to Ghent.");
        Assert.Equal([0, 0.5, 1, 1, 0, 0, 1], Enumerable.Range(0, 7).Select(p => Math.Round(SignalOf(p, Signal.Told, "bow Ghent"), 2)));
    }

    [Fact]
    public void A_window_reaches_two_turns_and_six_messages_to_each_side()
    {
        Say("Ben", "0").Say("Alice", "1").Say("Ben", "2").Say("Ben", "3").Say("Alice", "4").Say("Ben", "5").Say("Ben", "6").Say("Alice", "7").Say("Ben", "8");
        Assert.Equal((1, 8), Index().WindowOf(4));
        spoken.Clear();
        for (var i = 0; i < 20; i++)
        {
            Say(i is > 4 and < 15 ? "Ben" : "Alice", $"{i}");
        }

        Assert.Equal((4, 17), Index().WindowOf(10));
    }

    [Fact]
    public void What_stands_further_off_is_counted_by_turns()
    {
        // The bow is told two turns before the last, though five messages lie between.
        Say("Ben", "The bow is from Ghent.").Say("Ben", "It is light.").Say("Alice", "Oh.").Say("Alice", "Nice.").Say("Alice", "Very.").Say("Alice", "Really.").Say("Ben", "Yes.");
        Assert.Equal(1, SignalOf(6, Signal.Before, "bow from Ghent"), 3);
        Assert.Equal(0, SignalOf(5, Signal.Before, "bow from Ghent"));
    }
}
