using MemU.Evals.Data;

namespace MemU.Tests.Evals;

/// <summary>Whatever a data set leaves out or writes in another way is read all the same, or counted.</summary>
public sealed class LocomoFileTests : IDisposable
{
    private const string Turns = """[{"speaker": "Ann", "dia_id": "D1:1", "text": "I bought a kayak."}, {"speaker": "Ben", "dia_id": "D1:2", "text": "Nice."}]""";

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("""["D1:1"]""", "D1:1")]
    [InlineData("\"D1:1; D1:2\"", "D1:1 D1:2")]
    [InlineData("""[["D1:1"], ["D1:2"]]""", "D1:1 D1:2")]
    [InlineData("\"['1:1', '1:2']\"", "D1:1 D1:2")]
    [InlineData("""[{"dia_id": "D1:2"}]""", "D1:2")]
    public void Evidence_is_a_text_or_a_list(string evidence, string ids) =>
        Assert.Equal(ids, string.Join(' ', Read($$"""{"conversation": {"session_1": {{Turns}} }, "qa": [{"question": "What?", "evidence": {{evidence}}}]}""").Talks[0].Questions[0].Evidence.Order()));

    [Theory]
    [InlineData("7", "[7]")]
    [InlineData("\"turn 7, late\"", "[\"turn 7, late\"]")]
    [InlineData("null", "[\"D2:1\"]")]
    public void Ids_have_any_shape(string id, string evidence) =>
        Assert.Single(Read($$"""{"conversation": {"session_1": {{Turns}}, "session_2": [{"dia_id": {{id}}, "text": "Hi."}]}, "qa": [{"question": "What?", "evidence": {{evidence}}}]}""").Talks[0].Questions);

    [Theory]
    [InlineData("""{"question": "What?", "evidence": ["D9:9"]}""", 1)]
    [InlineData("""{"question": "What?", "evidence": null}""", 0)]
    [InlineData("""{"question": "What?"}""", 0)]
    [InlineData("""{"question": " ", "evidence": ["D1:1"]}""", 0)]
    [InlineData("""{"evidence": ["D1:1"]}""", 0)]
    public void What_cannot_be_asked_or_scored_is_counted_and_left_out(string question, int names)
    {
        var set = Read($$"""[{"conversation": {"session_1": {{Turns}} }, "qa": [{{question}}]}]""");

        Assert.Equal((0, 1, names), (set.Talks[0].Questions.Count, set.QuestionsLeftOut, set.EvidenceLeftOut));
    }

    [Fact]
    public void Sessions_without_turns_are_none_and_the_others_come_in_the_order_of_their_numbers()
    {
        var set = Read($$"""{"conversation": {"session_10000000000": [{"text": "c"}], "session_2": [], "session_3": [{"text": " "}], "session_10": [{"text": "b"}], "session_9": [{"text": "a"}] } }""");

        Assert.Equal("a b c", string.Join(' ', set.Talks[0].Sittings.Select(s => s.Turns.Single().Text)));
        Assert.Equal(3, set.SittingsWithoutDate);
    }

    [Theory]
    [InlineData(@"tea \ud83d", "tea \ufffd")]
    [InlineData(@"\udf75 tea", "\ufffd tea")]
    [InlineData(@"\ud83c\udf75", "\ud83c\udf75")]
    [InlineData(@"C:\\ud83d", @"C:\ud83d")]
    public void Halves_of_surrogate_pairs_become_the_sign_for_what_cannot_be_read(string escaped, string text) =>
        Assert.Equal(text, Read($$"""{"conversation": {"session_1": [{"text": "{{escaped}}"}] } }""").Talks[0].Sittings[0].Turns[0].Text);

    [Fact]
    public void Conversations_may_stand_one_a_line_after_a_byte_order_mark()
    {
        var line = $$"""{"conversation": {"session_1": {{Turns}} } }""";

        Assert.Equal(2, Read($"\ufeff{line}\n{line}\n").Talks.Count);
    }

    [Theory]
    [InlineData("[{", "is no JSON")]
    [InlineData("5", "conversation 1 is a Number")]
    [InlineData("[]", "has no turns")]
    [InlineData("""{"qa": []}""", "has no turns")]
    public void What_is_not_in_the_layout_is_said(string json, string message) =>
        Assert.Contains(message, Assert.Throws<EvalDataException>(() => Read(json)).Message);

    [Theory]
    [InlineData("1:56 pm on 8 May, 2023", "2023-05-08 13:56")]
    [InlineData("2023-05-08 (Monday)", "2023-05-08 00:00")]
    [InlineData("2023-05-08 13:56:00 UTC", "2023-05-08 13:56")]
    [InlineData("8.5.2023", "2023-05-08 00:00")]
    [InlineData("2023年5月8日", "2023-05-08 00:00")]
    [InlineData("1683554160", "2023-05-08 13:56")]
    [InlineData("1683554160000", "2023-05-08 13:56")]
    [InlineData("some day", null)]
    public void Dates_are_read_in_the_ways_in_which_data_sets_write_them(string text, string? date) =>
        Assert.Equal(date, SittingTime.Parse(text)?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    private DataSet Read(string json)
    {
        File.WriteAllText(file, json);
        return LocomoFile.Read(file);
    }
}
