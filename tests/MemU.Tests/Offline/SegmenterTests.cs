using MemU.Reasoning;
using MemU.Reasoning.Offline;

namespace MemU.Tests.Offline;

public class SegmenterTests
{
    [Fact]
    public async Task A_pause_of_hours_starts_a_segment()
    {
        Passage[] passages = [Talk.Say(0, "Ada", "I went skiing.", "2017-03-01T09:00:00Z"), Talk.Say(1, "Bo", "Where?", "2017-03-01T09:01:00Z"), Talk.Say(2, "Ada", "I am home.", "2017-03-01T19:00:00Z")];

        Assert.Equal([new Segment(0, 1), new Segment(2, 2)], (await Talk.SegmentAsync(passages)).Segments);
    }

    [Fact]
    public async Task A_change_of_topic_starts_a_segment()
    {
        string[] ski = [.. Enumerable.Range(0, 9).Select(i => $"Ada: The ski slope and the snow on the mountain were steep, lift number {i} took the skis up.")];
        string[] tax = [.. Enumerable.Range(0, 9).Select(i => $"Ada: The tax office wants the invoice and the receipt for the accountant, form {i} of the declaration.")];

        Assert.Equal([new Segment(0, 8), new Segment(9, 17)], (await Talk.SegmentAsync(Talk.At(null, [.. ski, .. tax]))).Segments);
    }

    [Fact]
    public async Task An_endless_conversation_is_cut()
    {
        var segments = (await Talk.SegmentAsync(Talk.At(null, [.. Enumerable.Repeat("Ada: and so on and so on", 200)]))).Segments;

        Assert.InRange(segments.Max(s => s.End - s.Start + 1), 1, 30);
        Assert.Equal(200, segments.Sum(s => s.End - s.Start + 1));
    }

    [Fact]
    public async Task A_document_is_cut_at_headings_once_there_is_enough()
    {
        var body = string.Join(' ', Enumerable.Repeat("A sentence about mills.", 80));
        Passage[] passages = [Talk.Say(0, null, "# One\n" + body), Talk.Say(1, null, body), Talk.Say(2, null, "# Two\n" + body), Talk.Say(3, null, "# Three\nshort")];

        var segments = (await Talk.SegmentAsync(passages, Modality.Document)).Segments;

        Assert.Equal([new Segment(0, 1), new Segment(2, 2), new Segment(3, 3)], segments);
    }

    [Fact]
    public async Task Nothing_has_no_segments_and_no_caption()
    {
        var nothing = await Talk.SegmentAsync([]);

        Assert.Empty(nothing.Segments);
        Assert.Null(nothing.Caption);
    }

    [Fact]
    public async Task The_caption_of_a_conversation_says_who_when_and_what()
    {
        var caption = (await Talk.SegmentAsync(Talk.At("2017-03-01T18:00:00Z", "Ada: Hi Bo!", "Bo: Hello!", "Ada: I opened a bakery in the old town of Porto.", "Bo: Wow, great!"))).Caption;

        Assert.Equal("Ada, Bo (1 March 2017): I opened a bakery in the old town of Porto.", caption);
    }

    [Theory]
    [InlineData("早上好。我在上海开了一家面包店，每天四点起床。")]
    [InlineData("صباح الخير. افتتحت مخبزا في المدينة القديمة.")]
    [InlineData("🎉")]
    [InlineData("x")]
    public async Task The_caption_is_never_empty_and_never_long(string text)
    {
        var caption = (await Talk.SegmentAsync([Talk.Say(0, null, text)], Modality.Text)).Caption;

        Assert.False(string.IsNullOrWhiteSpace(caption));
        Assert.InRange(caption!.Length, 1, Captioner.MaxLength);
    }

    [Fact]
    public async Task The_caption_of_a_document_begins_with_its_title() =>
        Assert.StartsWith("Refund policy: ", (await Talk.SegmentAsync([Talk.Say(0, null, "# Refund policy\n\nCustomers may return goods within 30 days.")], Modality.Document)).Caption);
}
