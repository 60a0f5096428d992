using CsCheck;
using MemU.Reasoning.Llm;

namespace MemU.Tests.Llm;

public sealed class TolerantJsonTests
{
    [Theory]
    [InlineData("""{"items":[{"content":"a"},{"content":"b"}]}""")]
    [InlineData("```json\n{\"items\":[{\"content\":\"a\"},{\"content\":\"b\"}]}\n```")]
    [InlineData("Here you go [as asked]:\n{\"items\":[{\"content\":\"a\"},{\"content\":\"b\"}]}\nAnything else {you} need?")]
    [InlineData("""{"items":[{"content":"a",},{"content":"b"},],}""")]
    [InlineData("{\n // two of them\n\"items\":[{\"content\":\"a\"}, /* and */ {\"content\":\"b\"}]}")]
    [InlineData("""{'items':[{'content':'a'},{'content':'b'}]}""")]
    [InlineData("""{items:[{content:"a"},{content:"b"}]}""")]
    [InlineData("{\"items\":[{\"content\":\"a\"}\n{\"content\":\"b\"}]}")]
    [InlineData("""[{"content":"a"},{"content":"b"}]""")]
    [InlineData("{\"content\":\"a\"}\n{\"content\":\"b\"}")]
    [InlineData("""{"result":{"items":[{"content":"a"},{"content":"b"}]}}""")]
    [InlineData("""[{"items":[{"content":"a"},{"content":"b"}]}]""")]
    [InlineData("<think>maybe {\"items\":[]} or {\"items\":[{\"content\":\"c\"}]}</think>{\"items\":[{\"content\":\"a\"},{\"content\":\"b\"}]}")]
    [InlineData("\uFEFF {\"Items\":[{\"Content\":\"a\"},{\"CONTENT\":\"b\"}]}")]
    public void A_list_is_found_however_it_is_wrapped(string answer) => Assert.Equal(["a", "b"], Contents(answer));

    [Theory]
    [InlineData("""{"items":[{"content":"a"},{"content":"b"},{"content":"c""")]
    [InlineData("""{"items":[{"content":"a"},{"content":"b"},{"type":"event","conte""")]
    [InlineData("""{"items":[{"content":"a"},{"content":"b"},{"type":"event","content":"c","categories":["x","y""")]
    [InlineData("""{"items":[{"content":"a"},{"content":"b"},""")]
    [InlineData("""{"items":[{"content":"a"},{"content":"b"}""")]
    [InlineData("""{"caption":"x","items":[{"content":"a"},{"content":"b"}]""")]
    [InlineData("""[{"content":"a"},{"content":"b"},{"content":"c\""")]
    public void Of_an_answer_that_was_cut_short_the_complete_entries_are_kept(string answer)
    {
        Assert.Equal(["a", "b"], Contents(answer));
        Assert.True(TolerantJson.Read(answer).IsTruncated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON here")]
    [InlineData("prose with [a bracket")]
    [InlineData("prose with [")]
    [InlineData("}{")]
    [InlineData("{{{{")]
    [InlineData("{not json at all}")]
    public void What_is_no_JSON_is_not_taken_for_an_empty_list(string answer) => Assert.Null(TolerantJson.Read(answer).ObjectWithList("items", "content"));

    [Fact]
    public void Text_survives_with_escapes_line_breaks_and_forgotten_escapes()
    {
        var answer = "{\"items\":[{\"content\":\"tab\\tquote\\\" \\u00e9 \\ud83d\\ude00 C:\\\\x\"},{\"content\":\"first\nsecond\"},{\"content\":\"He said \"hello\" to me\"}]}";

        Assert.Equal(["tab\tquote\" é 😀 C:\\x", "first\nsecond", "He said \"hello\" to me"], Contents(answer));
    }

    [Fact]
    public void Half_a_surrogate_pair_and_NUL_never_come_out()
    {
        Assert.Equal(["a\uFFFDb", "cd"], Contents("""{"items":[{"content":"a\ud83db"},{"content":"c\u0000d"}]}"""));
    }

    [Fact]
    public void Very_deep_nesting_is_refused_not_followed()
    {
        var deep = new string('[', 100_000);

        Assert.Null(TolerantJson.Read(deep + new string(']', 100_000)).ObjectWithList("items", "content"));
    }

    [Fact]
    public void A_repeated_field_takes_its_last_value() => Assert.Equal(["b"], Contents("""{"items":[{"content":"a","content":"b"}]}"""));

    [Fact]
    public void Whatever_a_model_writes_reading_ends_without_an_error() =>
        Gen.Char["{}[]\",:'\\/*nulltrue0159.-e \n\uD83Dé"].Array[0, 60].Select(c => new string(c)).Sample(text =>
        {
            var answer = TolerantJson.Read(text);
            answer.ObjectWithList("items", "content");
            answer.ObjectWith("items");
            return true;
        });

    private static List<string?> Contents(string answer) =>
        [.. TolerantJson.Read(answer).ObjectWithList("items", "content")!.Elements("items").Select(e => e!.AsObject().Text("content"))];
}
