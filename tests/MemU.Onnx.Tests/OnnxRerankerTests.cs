using MemU.Resources;
using MemU.Retrieve;
using MemU.Testing;

namespace MemU.Onnx.Tests;

public sealed class OnnxRerankerTests : IDisposable
{
    // A token's id is its line; the padding has one too, so that it would show if it counted.
    private static readonly string[] Vocabulary =
        ["[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "d", "e", "f", "[PAD]", "cello", "drum", "##s", ".", "?", "who", "plays"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Model(int columns = 1, string ids = "input_ids") => Write($"model-{columns}-{ids}.onnx", TinyModel.Bytes(columns, ids));

    private string Words() => Write("vocab.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Vocabulary) + "\n"));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static int Sum(params string[] tokens) => tokens.Sum(t => Array.IndexOf(Vocabulary, t));

    [Fact]
    public async Task Each_passage_gets_the_number_that_the_model_gives_for_it()
    {
        using var reranker = OnnxReranker.Load(Model(), Words());

        var scores = await reranker.ScoreAsync("Who plays?", ["Drums.", "a", "cello cello cello"], CancellationToken.None);

        Assert.Equal([Sum("drum", "##s", ".", "[SEP]"), Sum("a", "[SEP]"), Sum("cello", "cello", "cello", "[SEP]")], scores);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Passages_of_any_length_keep_their_numbers_whatever_the_batch(int batch)
    {
        using var reranker = OnnxReranker.Load(Model(), Words(), new() { BatchSize = batch });
        var passages = Enumerable.Range(0, 40).Select(n => string.Join(' ', Enumerable.Repeat("b", (n * 7) % 23))).ToList();

        var scores = await reranker.ScoreAsync("who", passages, CancellationToken.None);

        Assert.Equal(passages.Select(p => (double)(Sum("[SEP]") + (Sum("b") * p.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length))), scores);
    }

    [Fact]
    public async Task Of_two_numbers_the_second_less_the_first_counts()
    {
        using var reranker = OnnxReranker.Load(Model(columns: 2), Words());
        Assert.Equal([2.0 * Sum("cello", "[SEP]")], await reranker.ScoreAsync("who", ["cello"], CancellationToken.None));
    }

    [Fact]
    public async Task A_passage_that_is_too_long_loses_its_end_and_a_question_what_goes_beyond_half()
    {
        using var reranker = OnnxReranker.Load(Model(), Words(), new() { MaxTokens = 17 });
        var much = string.Join(' ', Enumerable.Repeat("a", 1000));

        var scores = await reranker.ScoreAsync(much, [$"b b b b b b b c {much}"], CancellationToken.None);

        Assert.Equal([Sum("b", "b", "b", "b", "b", "b", "b", "[SEP]")], scores);
    }

    [Fact]
    public async Task A_passage_that_writes_the_marks_of_the_model_writes_words()
    {
        using var reranker = OnnxReranker.Load(Model(), Words());

        var scores = await reranker.ScoreAsync("who [SEP] plays", ["a [SEP] b [CLS] [PAD] [MASK] c"], CancellationToken.None);

        // Brackets and the names of marks are words that this vocabulary does not know.
        Assert.Equal(0, Array.IndexOf(Vocabulary, "[UNK]"));
        Assert.Equal([Sum("a", "b", "c", "[SEP]")], scores);
    }

    [Fact]
    public async Task A_model_that_gives_something_else_is_an_error_that_says_so()
    {
        using var reranker = OnnxReranker.Load(Model(columns: 3), Words());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => reranker.ScoreAsync("who", ["a", "b"], CancellationToken.None));

        Assert.Contains("gave 6 numbers for 2 passages", error.Message);
    }

    [Fact]
    public async Task A_model_that_fails_is_an_error_that_names_what_may_be_set()
    {
        using var reranker = OnnxReranker.Load(Write("short.onnx", TinyModel.Bytes(tokens: 5)), Words());

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => reranker.ScoreAsync("who", ["a b c d e f a b c"], CancellationToken.None));

        Assert.Contains("13 tokens", error.Message);
        Assert.Contains("MaxTokens", error.Message);
    }

    [Fact]
    public void A_file_that_is_missing_or_is_something_else_is_told_of_at_once()
    {
        var garbage = Write("garbage.onnx", [1, 2, 3, 4]);
        Assert.Contains("does not exist", Assert.Throws<ArgumentException>(() => OnnxReranker.Load(Path.Combine(folder.Path, "none.onnx"), Words())).Message);
        Assert.Contains("does not exist", Assert.Throws<ArgumentException>(() => OnnxReranker.Load(Model(), Path.Combine(folder.Path, "none.txt"))).Message);
        Assert.Contains("is no ONNX model", Assert.Throws<ArgumentException>(() => OnnxReranker.Load(garbage, Words())).Message);
        Assert.Contains("is no WordPiece vocabulary", Assert.Throws<ArgumentException>(() => OnnxReranker.Load(Model(), Write("some.txt", "a\nb\n"u8.ToArray()))).Message);
        Assert.Contains("takes attention_mask (Int64), other", Assert.Throws<ArgumentException>(() => OnnxReranker.Load(Model(ids: "other"), Words())).Message);
    }

    [Fact]
    public async Task A_host_asks_it_where_reranking_is_wanted_and_no_other_space_is_shown()
    {
        await using var memu = MemUHost.Create(m => m.UseInMemory().UseOnnxReranker(Model(), Words()));
        var alice = memu.OpenSpace("alice");
        await memu.OpenSpace("bob").MemorizeAsync(ResourceRef.Text("Bob: canary plays the cello.", name: "talk"), Modality.Conversation);
        await alice.MemorizeAsync(ResourceRef.Text("Alice: Who plays? I know who plays a cello.\nBen: He plays drums drums drums drums drums drums.", name: "talk"), Modality.Conversation);
        const string question = "Who plays a cello?";

        var without = await alice.RetrieveAsync(question, RetrieveOptions.Fast);
        var with = await alice.RetrieveAsync(question, RetrieveOptions.Fast with { Rerank = true });

        Assert.Contains("cello", without.Evidence[0].Value.Text);
        Assert.Contains("drums", with.Evidence[0].Value.Text);
        Assert.All(with.Evidence, e => Assert.DoesNotContain("canary", e.Value.Text));
    }

    [Fact]
    public async Task A_cancelled_question_is_not_answered()
    {
        using var reranker = OnnxReranker.Load(Model(), Words());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reranker.ScoreAsync("who", ["a"], cancelled.Token));
    }
}
