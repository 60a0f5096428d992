using CsCheck;
using MemU.Text;

namespace MemU.Tests.Text;

public class SentenceSplitterTests
{
    [Theory]
    [InlineData("I went home. It rained! Why? Ok…", "I went home.|It rained!|Why?|Ok…")]
    [InlineData("Dr. Smith met Mr. J. R. Jones at 3.5 p.m. today.", "Dr. Smith met Mr. J. R. Jones at 3.5 p.m. today.")]
    [InlineData("We start at 9 a.m. Bring tea.", "We start at 9 a.m.|Bring tea.")]
    [InlineData("See www.example.com/a.html for more. Bye.", "See www.example.com/a.html for more.|Bye.")]
    [InlineData("It costs $3.50. So did I. And you?", "It costs $3.50.|So did I.|And you?")]
    [InlineData("\"Really?\" she asked. \"Yes.\" He left.", "\"Really?\" she asked.|\"Yes.\"|He left.")]
    [InlineData("Well... maybe not... Fine.", "Well... maybe not...|Fine.")]
    [InlineData("i was tired. then i slept", "i was tired.|then i slept")]
    [InlineData("Great! 😊 I went out 🎉🎉 Then home.", "Great! 😊|I went out 🎉🎉 Then home.")]
    [InlineData("Great!😊 Yes", "Great!😊|Yes")]
    public void Sentences_end_at_their_marks(string text, string sentences) => Assert.Equal(sentences, Joined(text));

    [Theory]
    [InlineData("我喜欢猫。你呢？很好！", "我喜欢猫。|你呢？|很好！")]
    [InlineData("「はい。」と言った。終わり", "「はい。」|と言った。|終わり")]
    [InlineData("هل أنت بخير؟ نعم.", "هل أنت بخير؟|نعم.")]
    [InlineData("मैं घर गया। अच्छा।", "मैं घर गया।|अच्छा।")]
    [InlineData("Hallo Welt! Z.B. heute, am 3.5. um 10 Uhr.", "Hallo Welt!|Z.B. heute, am 3.5. um 10 Uhr.")]
    public void Marks_of_other_scripts_are_known(string text, string sentences) => Assert.Equal(sentences, Joined(text));

    [Theory]
    [InlineData("- one\n- two\n* three", "one|two|three")]
    [InlineData("1. First\n2) Second", "First|Second")]
    [InlineData("Title\n\nA line", "Title|A line")]
    [InlineData("This line is long enough to have been wrapped by an editor\nand goes on here.\nNext", "This line is long enough to have been wrapped by an editor\nand goes on here.|Next")]
    [InlineData("This line holds a whole sentence before it is wrapped. The next one\ngoes on here.", "This line holds a whole sentence before it is wrapped.|The next one\ngoes on here.")]
    public void Lines_and_bullets_part_sentences(string text, string sentences) => Assert.Equal(sentences, Joined(text));

    [Fact]
    public void An_endless_sentence_is_cut_at_pauses_and_loses_no_word()
    {
        var text = string.Join(", ", Enumerable.Range(0, 500).Select(i => $"word{i}"));

        var parts = SentenceSplitter.Split(text);

        Assert.All(parts, p => Assert.InRange(p.Length, 1, SentenceSplitter.MaxLength));
        Assert.Equal(text.Split(", ").Length, parts.Sum(p => p.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
    }

    [Fact]
    public void Any_text_keeps_its_order_and_its_letters() =>
        Gen.Char.Array[0, 200].Select(c => new string(c)).Sample(text =>
        {
            var spans = SentenceSplitter.Split(text);
            var at = 0;
            foreach (var span in spans)
            {
                Assert.True(span.Start >= at && span.Length > 0 && span.End <= text.Length);
                at = span.End;
            }

            Assert.Equal(text.Count(char.IsLetter), spans.Sum(s => s.Of(text).Count(char.IsLetter)));
        });

    [Theory]
    [InlineData("? ")]
    [InlineData(". ! ")]
    [InlineData("\r")]
    public async Task A_text_of_nothing_but_marks_is_read_in_a_time_that_grows_with_its_length_only(string mark)
    {
        var text = string.Concat(Enumerable.Repeat(mark, 2_000_000)) + "kayak";

        var sentences = await Task.Run(() => SentenceSplitter.Split(text)).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.EndsWith("kayak", sentences[^1].Of(text), StringComparison.Ordinal);
    }

    private static string Joined(string text) => string.Join('|', SentenceSplitter.Split(text).Select(s => s.Of(text)));
}
