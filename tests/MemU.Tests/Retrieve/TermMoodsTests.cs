using MemU.Retrieve.Evidence;
using MemU.Retrieve.Lexical;
using MemU.Text;

namespace MemU.Tests.Retrieve;

public sealed class TermMoodsTests
{
    [Theory]
    [InlineData("I sold the boat. Nice weather! Did Ben row?", "boat", "told of oneself")]
    [InlineData("I sold the boat. Nice weather! Did Ben row?", "weather", "told")]
    [InlineData("I sold the boat. Nice weather! Did Ben row?", "row", "asked")]
    [InlineData("Did I row? The boat is new", "row", "asked")]
    [InlineData("Did I row? The boat is new", "boat", "told")]
    [InlineData("My boat cost 3.5 thousand", "thousand", "told of oneself")]
    [InlineData("Where is it?\n[image: a boat]", "boat", "told")]
    [InlineData("I found the boat at https://x.y/z?a=b&c=d#e", "boat", "told of oneself")]
    [InlineData("I found the boat at https://x.y/z?a=b&c=d#e", "b", "told of oneself")]
    [InlineData("Is the boat at https://x.y/z?a=b or not?", "boat", "asked")]
    [InlineData("Is the boat at https://x.y/z?", "boat", "asked")]
    [InlineData("The boat calls hull?.Length before it rows", "boat", "told")]
    [InlineData("The boat is `wet ? heavy : light` today", "boat", "told")]
    [InlineData("The boat is ``a ` b? c`` today", "boat", "told")]
    [InlineData("Is `a ? b` the boat?", "b", "asked")]
    [InlineData("Is this ` the boat? It is", "boat", "asked")]
    [InlineData("\"Is it the boat?\" he said", "boat", "asked")]
    [InlineData("Did the boat (or was it?) sink", "boat", "asked")]
    [InlineData("Did the boat set a!=b?", "boat", "asked")]
    [InlineData("船はどこ？私は海にいます。", "私は海にいます", "told of oneself")]
    [InlineData("hey so how was the boat", "boat", "asked")]
    [InlineData("Did u sell ur boat", "boat", "asked")]
    [InlineData("didn’t you row the boat", "boat", "asked")]
    [InlineData("What's the boat called", "boat", "asked")]
    [InlineData("Is it the boat. I found it", "boat", "asked")]
    [InlineData("which boat did they take", "boat", "asked")]
    [InlineData("ok any news about the boat", "boat", "asked")]
    [InlineData("Did your boat sink", "boat", "asked")]
    [InlineData("how long is the boat", "boat", "asked")]
    [InlineData("hi is there a boat", "boat", "asked")]
    [InlineData("should we take the boat", "boat", "asked")]
    [InlineData("so did you row the boat", "boat", "asked")]
    [InlineData("what happened to the boat", "boat", "asked")]
    [InlineData("how about the boat", "boat", "asked")]
    [InlineData("where is the boat", "boat", "asked")]
    [InlineData("你有船吗", "你有船吗", "asked")]
    [InlineData("船はありますか", "船はありますか", "asked")]
    [InlineData("船の名前はあすか", "船の名前はあすか", "told")]
    [InlineData("What matters most to me is that the boat floats", "boat", "told of oneself")]
    [InlineData("What my mother likes is the boat", "boat", "told of oneself")]
    [InlineData("What's more, the boat floats", "boat", "told")]
    [InlineData("What's the worst is the boat", "boat", "told")]
    [InlineData("What happened was a boat", "boat", "told")]
    [InlineData("So did they, on the boat", "boat", "told")]
    [InlineData("Was there twice on the boat", "boat", "told")]
    [InlineData("Has it since the boat", "boat", "told")]
    [InlineData("Had they taken the boat", "boat", "told")]
    [InlineData("How far the boat has come", "boat", "told")]
    [InlineData("Any news they had was of the boat", "boat", "told")]
    [InlineData("Do your best on the boat", "boat", "told")]
    [InlineData("Did you know, I sold the boat", "boat", "told of oneself")]
    [InlineData("was it a good boat", "boat", "asked")]
    [InlineData("Was IT angeht, arbeite ich an dem Boot", "boot", "told of oneself")]
    [InlineData("Was u maar hier, ik woon nu op een boot", "boot", "told of oneself")]
    [InlineData("Was it-Sicherheit betrifft, bin ich für das Boot und die Segel zuständig", "boot", "told of oneself")]
    [InlineData("what sort of boat did you buy", "boat", "asked")]
    [InlineData("What I did was sell the boat", "boat", "told of oneself")]
    [InlineData("What a boat", "boat", "told")]
    [InlineData("Did it, the boat is sold", "boat", "told")]
    [InlineData("Had the best day on the boat", "boat", "told")]
    [InlineData("Was at the boat", "boat", "told")]
    [InlineData("When I was on the boat", "boat", "told of oneself")]
    [InlineData("How to row a boat", "boat", "told")]
    [InlineData("I wonder how is the boat", "boat", "told of oneself")]
    [InlineData("The boat, is it new", "boat", "told")]
    public void A_word_has_the_mood_of_its_sentence(string text, string word, string mood) => Assert.Equal(
        mood switch { "told" => Mood.Told, "asked" => Mood.Asked, _ => Mood.Told | Mood.OfOneself }, MoodOf(text, word));

    [Fact]
    public void A_text_without_words_has_no_moods() => Assert.Empty(TermMoods.Of("?! …", Tokenizer.Read("?! …"), isOther: false));

    [Theory]
    [InlineData("?", Mood.Asked)]
    [InlineData("` ? ` ", Mood.Told)]
    public async Task Marks_without_end_are_looked_at_once_each(string marks, object mood)
    {
        var text = "boat " + string.Concat(Enumerable.Repeat(marks, 1_000_000));

        Assert.Equal(mood, await Task.Run(() => MoodOf(text, "boat")).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("hey ")]
    [InlineData("hey!")]
    [InlineData("what ")]
    [InlineData(" ")]
    public async Task A_beginning_without_end_is_looked_at_only_so_far(string part)
    {
        var text = "hey " + string.Concat(Enumerable.Repeat(part, 300_000)) + " boat";

        Assert.Equal(Mood.Told, await Task.Run(() => MoodOf(text, "boat")).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    private static Mood MoodOf(string text, string word)
    {
        var tokens = Tokenizer.Read(text);
        return TermMoods.Of(text, tokens, TextLanguage.IsOther(tokens))[tokens.FindIndex(t => t.Text == word)];
    }
}
