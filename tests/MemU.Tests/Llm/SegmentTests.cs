using MemU.Reasoning;

namespace MemU.Tests.Llm;

public sealed class SegmentTests
{
    [Fact]
    public async Task A_short_conversation_is_one_segment_without_a_call()
    {
        await using var model = await ModelUnderTest.StartAsync();

        var result = await SegmentAsync(model, Modality.Conversation, ModelUnderTest.Turns("a", "b", "c"));

        Assert.Equal([new Segment(0, 2)], result.Segments);
        Assert.Null(result.Caption);
        Assert.Empty(model.Server.Requests);
    }

    [Fact]
    public async Task A_long_conversation_is_split_by_one_call_which_also_gives_the_caption()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"segments":[{"start":1,"end":12},{"start":13,"end":30}],"caption":"Two things."}""");

        var result = await SegmentAsync(model, Modality.Conversation, Long(30, 400));

        Assert.Equal([new Segment(0, 11), new Segment(12, 29)], result.Segments);
        Assert.Equal("Two things.", result.Caption);
        Assert.Equal(30, model.Server.Chats.Single().Block("messages").Count);
    }

    [Theory]
    [InlineData("""{"segments":[{"start":3,"end":5},{"start":4,"end":9},{"start":20,"end":21},{"start":20,"end":30}]}""")]
    [InlineData("""[{"start":20},{"start":4,"end":1},{"start":99,"end":120},{"start":3},{"start":0},{"start":-3}, "x"]""")]
    [InlineData("""{"segments":[[3,5],[4,9],[20,30]]}""")]
    [InlineData("""{"segments":["3","4","20"]}""")]
    public async Task Gaps_overlaps_and_nonsense_in_the_answer_never_lose_a_message(string answer)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say(answer);

        var result = await SegmentAsync(model, Modality.Conversation, Long(30, 400));

        Assert.Equal([new Segment(0, 1), new Segment(2, 2), new Segment(3, 18), new Segment(19, 29)], result.Segments);
        Assert.Null(result.Caption);
    }

    [Fact]
    public async Task A_conversation_longer_than_a_prompt_is_shown_in_windows_and_the_caption_is_carried_on()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxPromptChars = 10_000, MaxSegmentChars = 100_000 });
        model.Server.AnswerSensibly();

        var result = await SegmentAsync(model, Modality.Conversation, Long(60, 600));

        Assert.True(model.Server.Chats.Count >= 4);
        Assert.All(model.Server.Chats, c => Assert.InRange(c.User.Length, 1, 14_000));
        AssertCovers(result, 60);
        Assert.Equal(model.Server.Chats.Count, result.Segments.Count);
        Assert.Empty(model.Server.Chats[0].Block("caption_so_far"));
        Assert.Equal("A long conversation.", model.Server.Chats[1].Block("caption_so_far")[0].GetValue<string>());
    }

    [Fact]
    public async Task No_segment_is_longer_than_the_limit_whatever_the_model_says()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxSegmentChars = 3_000 });
        model.Server.AnswerSensibly();
        var passages = Long(30, 500);

        var result = await SegmentAsync(model, Modality.Conversation, passages);

        AssertCovers(result, 30);
        Assert.All(result.Segments, s => Assert.InRange(passages.Skip(s.Start).Take(s.End - s.Start + 1).Sum(p => p.Text.Length), 1, 3_000));
    }

    [Fact]
    public async Task A_document_is_split_by_size_without_a_call()
    {
        await using var model = await ModelUnderTest.StartAsync(options: new() { MaxSegmentChars = 4_000 });

        var result = await SegmentAsync(model, Modality.Document, Long(30, 600));

        AssertCovers(result, 30);
        Assert.True(result.Segments.Count >= 5);
        Assert.Empty(model.Server.Requests);
    }

    [Fact]
    public async Task Nothing_has_no_segments()
    {
        await using var model = await ModelUnderTest.StartAsync();

        Assert.Empty((await SegmentAsync(model, Modality.Conversation, [])).Segments);
    }

    private static void AssertCovers(Segmentation result, int count)
    {
        Assert.Equal(0, result.Segments[0].Start);
        Assert.Equal(count - 1, result.Segments[^1].End);
        Assert.All(result.Segments.Zip(result.Segments.Skip(1)), pair => Assert.Equal(pair.First.End + 1, pair.Second.Start));
        Assert.All(result.Segments, s => Assert.True(s.Start <= s.End));
    }

    private static IReadOnlyList<Passage> Long(int count, int length) => ModelUnderTest.Turns([.. Enumerable.Range(0, count).Select(_ => new string('x', length))]);

    private static Task<Segmentation> SegmentAsync(ModelUnderTest model, Modality modality, IReadOnlyList<Passage> passages) =>
        model.Reasoner.SegmentAsync(model.Scope, new(modality, passages), model.Log, TestContext.Current.CancellationToken);
}
