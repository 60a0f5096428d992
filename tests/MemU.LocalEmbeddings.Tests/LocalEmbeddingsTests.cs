using System.Numerics.Tensors;
using MemU.Onnx;
using MemU.Retrieve;
using Microsoft.Extensions.AI;

namespace MemU.LocalEmbeddings.Tests;

public sealed class LocalEmbeddingsTests(LoadedModel loaded) : IClassFixture<LoadedModel>
{
    private const string Work = "What does she do for a living?";

    private static readonly ChatMessage[] Talk =
    [
        new(ChatRole.User, "I play chess with my brother on Sundays."), new(ChatRole.User, "I teach maths at a grammar school."),
        new(ChatRole.User, "I like my coffee without sugar."), new(ChatRole.User, "I moved to Harbour Street last May."),
    ];

    private OnnxEmbeddings Model => loaded.Model;

    private async Task<float[]> EmbedAsync(string text) => (await Model.GenerateAsync([text]))[0].Vector.ToArray();

    [Fact]
    public async Task The_numbers_are_those_that_the_model_s_authors_publish()
    {
        // From the card of sentence-transformers/all-MiniLM-L6-v2.
        var vector = await EmbedAsync("This is an example sentence");
        Assert.Equal(384, vector.Length);
        Assert.Equal([0.0677, 0.0635, 0.0487], vector.Take(3).Select(v => Math.Round(v, 4)));
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-5);
    }

    [Fact]
    public async Task A_text_has_the_same_vector_alone_and_among_others()
    {
        string[] texts = ["short", "a much longer text with many more words, which is padded differently", "Ünïcode, 漢字 and \0 nothing", ""];
        var together = await Model.GenerateAsync(texts);
        foreach (var (text, embedding) in texts.Zip(together))
        {
            var alone = await EmbedAsync(text);
            Assert.Equal(1, TensorPrimitives.CosineSimilarity<float>(embedding.Vector.Span, alone), 1e-4);
        }
    }

    [Fact]
    public async Task What_means_the_same_without_a_word_in_common_is_found_first_and_nothing_of_another_space()
    {
        await using var memu = Host();
        var alice = memu.OpenSpace("alice");
        await memu.OpenSpace("bob").MemorizeAsync([new(ChatRole.User, "Canary: I teach maths at a grammar school.")], "talk");
        await alice.MemorizeAsync(Talk, "talk");

        var found = await alice.RetrieveAsync(Work, RetrieveOptions.Fast);

        Assert.Equal("I teach maths at a grammar school.", found.Evidence[0].Value.Text);
        Assert.All(found.Evidence, e => Assert.DoesNotContain("Canary", e.Value.Text));
        Assert.All(found.Items, i => Assert.DoesNotContain("Canary", i.Value.Summary));
    }

    [Fact]
    public async Task Words_alone_do_not_find_it_first()
    {
        // Else the test above would say nothing about vectors.
        await using var memu = MemUHost.Create(m => m.UseInMemory().UseOffline());
        var alice = memu.OpenSpace("alice");
        await alice.MemorizeAsync(Talk, "talk");
        Assert.DoesNotContain("maths", (await alice.RetrieveAsync(Work, RetrieveOptions.Fast)).Evidence[0].Value.Text);
    }

    [Fact]
    public async Task Its_vectors_are_stored_under_its_name_and_none_is_missing()
    {
        await using var memu = Host();
        var alice = memu.OpenSpace("alice");
        await alice.MemorizeAsync([new(ChatRole.User, "I teach maths at a grammar school.")], "talk");
        Assert.Equal("all-MiniLM-L6-v2", Model.Name);
        Assert.Empty((await alice.RetrieveAsync(Work, RetrieveOptions.Fast)).Warnings);
    }

    [Fact]
    public async Task Many_may_ask_at_once()
    {
        var alone = await EmbedAsync("I teach maths");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Model.GenerateAsync(["I teach maths", $"something else {n}"])));
        Assert.All(answers, a => Assert.Equal(1, TensorPrimitives.CosineSimilarity<float>(a[0].Vector.Span, alone), 1e-4));
    }

    private static MemUHost Host() => MemUHost.Create(m => m.UseInMemory().UseLocalEmbeddings(threads: 1));
}
