using MemU.Resources;
using MemU.Retrieve;
using MemU.Testing;
using Microsoft.Extensions.AI;

namespace MemU.Onnx.Tests;

public sealed class OnnxEmbeddingsTests : IDisposable
{
    private static readonly string[] Vocabulary =
        ["[UNK]", "[CLS]", "[SEP]", "[MASK]", "[PAD]", "a", "b", "c", "cello", "drum", "##s", "who", "plays", "find", ":", "the", "violin", "old", "new", "is", "her", "it", "rained", "."];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Model(int? pieces = null, int rank = 3, int? tokens = null) =>
        Write($"model-{pieces}-{rank}-{tokens}.onnx", TinyEmbedder.Bytes(pieces ?? Vocabulary.Length, rank, tokens));

    private string Words() => Write("vocab.txt", VocabularyBytes());

    private static byte[] VocabularyBytes() => System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Vocabulary) + "\n");

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<float[]> VectorAsync(OnnxEmbeddings model, string text) => (await model.GenerateAsync([text]))[0].Vector.ToArray();

    /// <summary>A vector of length 1 in which each token counts as often as it is named.</summary>
    private static float[] Sum(params string[] tokens)
    {
        var counts = Vocabulary.Select(v => (float)tokens.Count(t => t == v)).ToArray();
        var length = MathF.Sqrt(counts.Sum(c => c * c));
        return [.. counts.Select(c => c / length)];
    }

    private static void AreAlike(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public async Task The_mean_counts_every_token_once_and_the_padding_never()
    {
        using var model = OnnxEmbeddings.Load(Model(), Words());
        var vectors = await model.GenerateAsync(["Drums a", "a", "cello cello b b b b b b"]);
        AreAlike(Sum("[CLS]", "drum", "##s", "a", "[SEP]"), vectors[0].Vector.ToArray());
        AreAlike(Sum("[CLS]", "a", "[SEP]"), vectors[1].Vector.ToArray());
        AreAlike(Sum("[CLS]", "cello", "cello", "b", "b", "b", "b", "b", "b", "[SEP]"), vectors[2].Vector.ToArray());
    }

    [Fact]
    public async Task Pooling_by_the_first_token_looks_at_that_one_alone()
    {
        using var model = OnnxEmbeddings.Load(Model(), Words(), new() { Pooling = OnnxPooling.Cls });
        AreAlike(Sum("[CLS]"), await VectorAsync(model, "cello a b"));
    }

    [Fact]
    public async Task A_model_that_gives_a_vector_a_text_is_taken_at_its_word()
    {
        using var model = OnnxEmbeddings.Load(Model(rank: 2), Words());
        AreAlike(Sum("[CLS]", "a", "a", "[SEP]"), await VectorAsync(model, "a a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Texts_of_any_length_keep_their_place_whatever_the_batch(int batch)
    {
        using var model = OnnxEmbeddings.Load(Model(), Words(), new() { BatchSize = batch });
        var texts = Enumerable.Range(0, 40).Select(n => string.Join(' ', Enumerable.Repeat("b", (n * 7) % 23))).ToList();

        var vectors = await model.GenerateAsync(texts);

        foreach (var (text, embedding) in texts.Zip(vectors))
        {
            AreAlike(Sum(["[CLS]", "[SEP]", .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)]), embedding.Vector.ToArray());
        }
    }

    [Fact]
    public async Task A_text_that_is_too_long_loses_its_end()
    {
        using var model = OnnxEmbeddings.Load(Model(), Words(), new() { MaxTokens = 16 });
        var many = string.Join(' ', Enumerable.Repeat("a", 14));
        AreAlike(await VectorAsync(model, many), await VectorAsync(model, many + " cello b c"));
    }

    [Fact]
    public async Task A_text_that_writes_the_marks_of_the_model_writes_words_and_marks_on_letters_are_no_other_word()
    {
        using var model = OnnxEmbeddings.Load(Model(), Words());
        Assert.Equal(Sum("[CLS]")[1], (await VectorAsync(model, "[PAD] [SEP]"))[4] + Sum("[CLS]")[1]);
        AreAlike(await VectorAsync(model, "Cello"), await VectorAsync(model, "CÉLLÓ"));
    }

    [Fact]
    public async Task Bytes_do_what_files_do()
    {
        using var ofFiles = OnnxEmbeddings.Load(Model(), Words());
        using var ofBytes = OnnxEmbeddings.Load(TinyEmbedder.Bytes(Vocabulary.Length), VocabularyBytes());
        AreAlike(await VectorAsync(ofFiles, "who plays"), await VectorAsync(ofBytes, "who plays"));
        Assert.Equal(Vocabulary.Length, ofBytes.Dimensions);
    }

    [Fact]
    public void The_name_tells_apart_what_makes_other_vectors_and_nothing_else()
    {
        string Name(OnnxEmbeddingOptions options)
        {
            using var model = OnnxEmbeddings.Load(Model(), Words(), options);
            return model.Name;
        }

        var name = Name(new());
        Assert.StartsWith("model--3--", name, StringComparison.Ordinal);
        Assert.Equal(name, Name(new() { BatchSize = 3, Threads = 1, QueryPrefix = "find : " }));
        string[] others = [Name(new() { Pooling = OnnxPooling.Cls }), Name(new() { MaxTokens = 16 }), Name(new() { PassagePrefix = "the" }), Name(new() { LowerCase = false })];
        Assert.Equal(5, others.Append(name).Distinct().Count());
        Assert.Equal("mine", Name(new() { Name = "mine" }));
    }

    [Fact]
    public void What_is_wrong_is_told_of_when_the_model_is_loaded()
    {
        string Error(string model, string words, OnnxEmbeddingOptions? options = null) => Assert.Throws<ArgumentException>(() => OnnxEmbeddings.Load(model, words, options)).Message;
        Assert.Contains("The model of the embedding model, ", Error(Path.Combine(folder.Path, "none.onnx"), Words()));
        Assert.Contains("does not exist", Error(Model(), Path.Combine(folder.Path, "none.txt")));
        Assert.Contains("is no ONNX model", Error(Write("garbage.onnx", [1, 2, 3]), Words()));
        Assert.Contains("is no WordPiece vocabulary", Error(Model(), Write("some.txt", "a\nb\n"u8.ToArray())));
        Assert.Contains($"a vocabulary of {Vocabulary.Length} pieces do not go together", Error(Model(pieces: 7), Words()));
        Assert.Contains("gives told (1 dimensions)", Error(Model(rank: 1), Words()));
        Assert.Contains($"gives vectors of {Vocabulary.Length} numbers; Dimensions says 384", Error(Model(), Words(), new() { Dimensions = 384 }));
        Assert.Contains("takes attention_mask (Int64), other", Error(Write("other.onnx", TinyModel.Bytes(ids: "other")), Words()));
    }

    [Fact]
    public async Task What_fails_later_names_what_may_be_set()
    {
        using var model = OnnxEmbeddings.Load(Model(tokens: 3), Words());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => model.GenerateAsync(["a b c"]));
        Assert.Contains("5 tokens", error.Message);
        Assert.Contains("MaxTokens", error.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => model.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 7 }));
    }

    [Fact]
    public async Task Nothing_is_embedded_once_it_is_cancelled()
    {
        using var model = OnnxEmbeddings.Load(Model(), Words());
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAsync(["a"], cancellationToken: cancelled.Token));
    }

    [Fact]
    public async Task Letting_go_of_a_model_waits_for_what_runs_and_refuses_what_comes_later()
    {
        // Of a run whose memory was taken away nothing would be left, neither a test nor the process.
        var text = string.Join(' ', Enumerable.Repeat("a b c", 150));
        for (var round = 0; round < 10; round++)
        {
            var model = OnnxEmbeddings.Load(Model(), Words(), new() { Threads = 1 });
            var runs = Enumerable.Range(0, 4).Select(_ => model.GenerateAsync(Enumerable.Repeat(text, 200))).ToList();
            await model.GenerateAsync(["a"]);
            model.Dispose();
            foreach (var run in runs)
            {
                Assert.True(await Record.ExceptionAsync(() => run) is null or ObjectDisposedException);
            }

            await Assert.ThrowsAsync<ObjectDisposedException>(() => model.GenerateAsync(["a"]));
            model.Dispose();
        }
    }

    [Fact]
    public void Weights_in_a_file_of_their_own_are_part_of_the_name()
    {
        // Far into the file, as those of a model with a large graph are.
        var name = $"{new string('w', 200)}.data";
        var path = Write("apart.onnx", TinyEmbedder.Bytes(Vocabulary.Length, weights: name, padding: (1 << 20) - 100));
        string NameWith(float one)
        {
            Write(name, TinyEmbedder.Weights(Vocabulary.Length, one));
            using var model = OnnxEmbeddings.Load(path, Words());
            return model.Name;
        }

        Assert.NotEqual(NameWith(1), NameWith(2));
        Assert.Equal(NameWith(1), NameWith(1));
    }

    [Fact]
    public async Task A_model_that_fails_leaves_nothing_of_what_was_to_be_remembered()
    {
        using var model = OnnxEmbeddings.Load(Model(tokens: 3), Words());
        await using var memu = MemUHost.Create(m => m.UseInMemory().UseOnnxEmbeddings(model));
        var alice = memu.OpenSpace("alice");
        await Assert.ThrowsAsync<ReasonerException>(() => alice.MemorizeAsync(ResourceRef.Text("Alice: The violin is old.", name: "talk"), Modality.Conversation));
        Assert.Empty((await alice.ListResourcesAsync()).Items);
        Assert.Empty((await alice.ListItemsAsync()).Items);
    }

    [Fact]
    public async Task A_model_that_is_loaded_already_keeps_the_prefixes_it_was_loaded_with()
    {
        var model = OnnxEmbeddings.Load(Model(), Words(), new() { QueryPrefix = "her her her her ", PassagePrefix = "the " });
        await using var memu = MemUHost.Create(m => m.UseInMemory().UseOnnxEmbeddings(model));
        var alice = memu.OpenSpace("alice");
        await memu.OpenSpace("bob").MemorizeAsync(ResourceRef.Text("Bob: her canary her her her", name: "talk"), Modality.Conversation);
        await alice.MemorizeAsync(ResourceRef.Text("Alice: It rained.\nBen: Her her her her violin.\nAlice: The new drum is old.", name: "talk"), Modality.Conversation);

        var found = await alice.RetrieveAsync("who", RetrieveOptions.Fast);

        Assert.Contains("violin", found.Evidence[0].Value.Text);
        Assert.All(found.Evidence, e => Assert.DoesNotContain("canary", e.Value.Text));
    }

    [Fact]
    public async Task A_host_finds_by_it_asks_with_the_prefix_and_shows_nothing_of_another_space()
    {
        // "find : her" is what the question becomes: only the prefix says "her", only the vectors know it.
        var options = new OnnxEmbeddingOptions { QueryPrefix = "her her her her " };
        await using var memu = MemUHost.Create(m => m.UseInMemory().UseOnnxEmbeddings(Model(), Words(), options));
        var alice = memu.OpenSpace("alice");
        await memu.OpenSpace("bob").MemorizeAsync(ResourceRef.Text("Bob: her canary her her her", name: "talk"), Modality.Conversation);
        await alice.MemorizeAsync(ResourceRef.Text("Alice: It rained.\nBen: Her her her her violin.\nAlice: The new drum is old.", name: "talk"), Modality.Conversation);

        var found = await alice.RetrieveAsync("who", RetrieveOptions.Fast with { Explain = true });

        Assert.Contains("violin", found.Evidence[0].Value.Text);
        Assert.Contains("vectors", found.Explanation!.Evidence[0].Parts.Select(p => p.Signal));
        Assert.All(found.Evidence, e => Assert.DoesNotContain("canary", e.Value.Text));
    }
}
