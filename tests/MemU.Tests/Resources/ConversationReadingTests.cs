using System.Text;
using CsCheck;
using MemU.Documents;
using MemU.Resources;

namespace MemU.Tests.Resources;

public sealed class ConversationReadingTests
{
    private static readonly SourceReader Reader = new([]);

    private static Task<ReadSource> ReadAsync(string text, Modality? modality = null) =>
        Reader.ReadAsync(Source(Encoding.UTF8.GetBytes(text)), modality ?? Modality.Conversation, CancellationToken.None);

    private static FetchedSource Source(byte[] bytes, string name = "chat.txt") => new() { Url = "x", FileName = name, Content = bytes, Hash = "h" };

    private static string Words(ReadSource read, int n) => read.Text.Substring(read.Blocks[n].Start, read.Blocks[n].Length);

    [Theory]
    [InlineData("""[{"role":"user","content":"Hi {there}"},{"role":"assistant","content":{"text":"Hello"}}]""")]
    [InlineData("""{"messages":[{"role":"user","content":"Hi {there}"},{"role":"assistant","content":"Hello"}]}""")]
    [InlineData("""{"content":[{"role":"user","content":{"text":"Hi {there}"}},{"role":"assistant","content":"Hello"}]}""")]
    [InlineData("""{"conversation":[{"role":"user","content":[{"type":"text","text":"Hi {there}"}]},{"role":"assistant","content":"Hello"}]}""")]
    [InlineData("{\"role\":\"user\",\"content\":\"Hi {there}\"}\n{\"role\":\"assistant\",\"content\":\"Hello\"}\n")]
    [InlineData("user: Hi {there}\nassistant: Hello")]
    public async Task Every_form_of_a_conversation_gives_the_same_turns(string text)
    {
        var read = await ReadAsync(text);
        Assert.Equal(["user", "assistant"], read.Blocks.Select(b => b.Role));
        Assert.Equal("Hi {there}", Words(read, 0));
        Assert.Equal("Hello", Words(read, 1));
    }

    [Fact]
    public async Task Id_speaker_and_time_are_kept()
    {
        var read = await ReadAsync("""[{"speaker":"Ana","id":"D1:3","content":"Hi","created_at":"2023-05-08 13:56:00"},{"role":"user","content":"x","created_at":1683554160}]""");
        Assert.Equal("Ana", read.Blocks[0].Role);
        Assert.Equal("D1:3", read.Blocks[0].MessageId);
        Assert.Equal(new DateTimeOffset(2023, 5, 8, 13, 56, 0, TimeSpan.Zero), read.Blocks[0].HappenedAt);
        Assert.Equal(new DateTimeOffset(2023, 5, 8, 13, 56, 0, TimeSpan.Zero), read.Blocks[1].HappenedAt);
    }

    [Fact]
    public async Task A_malformed_message_is_left_out_and_counted()
    {
        var read = await ReadAsync("""[{"role":"user","content":"good"},{"role":"user","content":7},null,"x",{"role":"user"}]""");
        Assert.Single(read.Blocks);
        Assert.Contains("4 of 5 messages", Assert.Single(read.Notes));
    }

    [Fact]
    public async Task A_line_without_a_role_goes_on_with_the_turn_before_it()
    {
        var read = await ReadAsync("Ana: first\nsecond line\n\nBo: other");
        Assert.Equal("first\nsecond line", Words(read, 0));
        Assert.Equal("other", Words(read, 1));
    }

    [Fact]
    public async Task A_url_at_the_start_of_a_line_is_no_role()
    {
        var read = await ReadAsync("Ana: look\nhttps://example.org/a: b");
        Assert.Single(read.Blocks);
    }

    [Fact]
    public async Task Truncated_json_is_an_error_that_names_the_line()
    {
        var error = await Assert.ThrowsAsync<ResourceException>(() => ReadAsync("[{\"role\":\"user\",\n\"content\":\"Hi"));
        Assert.Contains("line 2", error.Message);
    }

    [Fact]
    public async Task Json_without_messages_is_an_error_that_says_what_is_needed()
    {
        var error = await Assert.ThrowsAsync<ResourceException>(() => ReadAsync("""{"name":"x"}"""));
        Assert.Contains("'messages'", error.Message);
    }

    [Fact]
    public async Task Bytes_that_are_not_text_are_an_error_with_the_position()
    {
        var error = await Assert.ThrowsAsync<ResourceException>(
            () => Reader.ReadAsync(Source([(byte)'a', (byte)'b', 0xFF, (byte)'c']), Modality.Text, CancellationToken.None));
        Assert.Contains("byte 2", error.Message);
        Assert.Contains("UTF-8", error.Message);
    }

    [Fact]
    public async Task Utf16_with_a_byte_order_mark_is_read()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("user: 你好")).ToArray();
        var read = await Reader.ReadAsync(Source(bytes), Modality.Conversation, CancellationToken.None);
        Assert.Equal("你好", Words(read, 0));
    }

    [Fact]
    public void Any_text_splits_into_blocks_that_are_in_order_and_inside_it() =>
        Gen.String[Gen.OneOf(Gen.Char["ab .\n#:"], Gen.Char), 0, 3000].Sample(text =>
        {
            foreach (var read in new[] { PlainConversation.Read(text), DocumentBlocks.Read(text) })
            {
                var end = 0;
                foreach (var block in read.Blocks)
                {
                    Assert.True(block.Start >= end && block.Length > 0 && block.Start + block.Length <= text.Length);
                    end = block.Start + block.Length;
                }
            }
        }, iter: 2000);

    [Fact]
    public void A_document_loses_no_words()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 50).Select(n => $"# Part {n}\n\n" + string.Concat(Enumerable.Repeat($"Sentence {n} goes on. ", n * 4))));
        var read = DocumentBlocks.Read(text);
        Assert.Equal(
            string.Concat(text.Where(c => !char.IsWhiteSpace(c))),
            string.Concat(read.Blocks.SelectMany(b => text.Substring(b.Start, b.Length)).Where(c => !char.IsWhiteSpace(c))));
        Assert.All(read.Blocks, b => Assert.InRange(b.Length, 1, DocumentBlocks.MaxLength));
    }

    [Theory]
    [InlineData("chat.json", """[{"role":"user","content":"x"}]""", "conversation")]
    [InlineData("data.json", """{"a":1}""", "text")]
    [InlineData("data.json", """[{"a":1}]""", "text")]
    [InlineData("stdin", """[{"role":"user","content":"I moved to Cork"},{"role":"us""", "conversation")]
    [InlineData("chat.json", """[{"time":"12:00","who":"Ana",""", "conversation")]
    [InlineData("stdin", """[{"role":"user","content":""}]""", "conversation")]
    [InlineData("stdin", "[]", "conversation")]
    [InlineData("stdin", "{}", "conversation")]
    [InlineData("people.json", """[{"name":"Ana","age":3}]""", "text")]
    [InlineData("chat.json", """{"messages":[]}""", "conversation")]
    [InlineData("notes.md", "[x] buy milk\n[ ] call the role model", "text")]
    [InlineData("chat.txt", "Ana: hi\nBo: hello\nAna: how are you?", "conversation")]
    [InlineData("chat.txt", "user: I moved to Cork.", "conversation")]
    [InlineData("chat.txt", "  Assistant: You moved to Cork.\n", "conversation")]
    [InlineData("note.txt", "Note: I moved to Cork.", "text")]
    [InlineData("note.txt", "user: somebody who uses a thing\nIt is also a role in a chat.\nAnd a table.", "text")]
    [InlineData("note.txt", "Buy milk. Note: two litres.", "text")]
    [InlineData("photo.PNG", "x", "image")]
    [InlineData("talk.mp3", "x", "audio")]
    [InlineData("film.mp4", "x", "video")]
    public async Task The_modality_is_guessed_from_name_and_content(string name, string text, string expected) =>
        Assert.Equal(expected, (await Reader.ModalityOfAsync(Source(Encoding.UTF8.GetBytes(text), name), null, CancellationToken.None)).Name);

    [Fact]
    public async Task A_web_page_is_read_as_its_words()
    {
        var reader = new SourceReader([new HtmlFormat()]);
        var html = "<html><head><title>Trip</title><script>evil()</script></head><body><nav>Menu</nav><h1>Lisbon</h1><p>We saw <b>the tram</b>.</p><ul><li>One</li><li>Two</li></ul></body></html>";
        var read = await reader.ReadAsync(Source(Encoding.UTF8.GetBytes(html), "trip.html"), Modality.Document, CancellationToken.None);
        Assert.Contains("We saw the tram.", read.Text);
        Assert.DoesNotContain("evil", read.Text);
        Assert.DoesNotContain("Menu", read.Text);
    }
}
