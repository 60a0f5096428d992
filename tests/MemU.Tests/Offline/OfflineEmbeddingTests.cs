using System.Numerics.Tensors;
using CsCheck;
using MemU.Reasoning.Offline;
using Microsoft.Extensions.AI;

namespace MemU.Tests.Offline;

public class OfflineEmbeddingTests
{
    [Fact]
    public void Any_text_has_a_finite_vector_of_length_one() =>
        Gen.Char.Array[0, 120].Select(c => new string(c)).Sample(text =>
        {
            var vector = OfflineEmbeddingGenerator.Embed(text);
            Assert.Equal(OfflineEmbeddingGenerator.Dimensions, vector.Length);
            Assert.All(vector, x => Assert.True(float.IsFinite(x)));
            Assert.Equal(1, TensorPrimitives.Norm(vector), 1e-5);
        });

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("!?")]
    [InlineData("🎉")]
    [InlineData("\uD83C")]
    public void A_text_without_words_has_a_vector_too(string text) => Assert.Equal(1, TensorPrimitives.Norm(OfflineEmbeddingGenerator.Embed(text)), 1e-5);

    [Theory]
    [InlineData("She adopted a dog from the shelter.", "When did she adopt the dog?", "The quarterly budget was approved.")]
    [InlineData("我昨天去了北京的博物馆。", "北京有什么博物馆？", "他喜欢吃苹果和香蕉。")]
    [InlineData("Ich arbeite als Krankenschwester im Krankenhaus.", "Welches Krankenhaus?", "Der Zug nach Hamburg hatte Verspätung.")]
    [InlineData("ذهبت إلى المستشفى أمس", "أين المستشفى؟", "أحب القهوة كثيرا")]
    [InlineData("Counselling the counsellors", "a counsellor", "the mountain trail")]
    public void Texts_that_share_words_are_nearer_than_others(string text, string near, string far) =>
        Assert.True(Cosine(text, near) > Cosine(text, far) + 0.1, $"{Cosine(text, near)} against {Cosine(text, far)}");

    [Fact]
    public void Case_width_and_accents_do_not_matter() => Assert.Equal(1, Cosine("Café ＡＢＣ", "CAFE abc"), 1e-5);

    // Stored vectors depend on it: when this fails, the name of the embedding has to change with the vectors.
    [Fact]
    public void The_vectors_of_version_one_never_change()
    {
        Assert.Equal("offline-hash-1", OfflineEmbeddingGenerator.ModelName);
        Assert.Equal("406:-0.3035 3:-0.2759 33:-0.2759 114:-0.2759 132:0.2759 163:-0.2759", Fingerprint("I moved to Oslo in 2011 & work as a nurse; my e-mail is n@example.org."));
        Assert.Equal("380:0.2673 15:0.252 106:-0.252 138:0.252 155:0.252 177:-0.252", Fingerprint("我喜欢猫。コーヒー 고양이 แมว Straße 🎉"));
        Assert.Equal("34:-1", Fingerprint(""));
    }

    [Fact]
    public async Task Vectors_come_back_in_order_and_do_not_depend_on_their_neighbours()
    {
        using var generator = new OfflineEmbeddingGenerator();

        var many = await generator.GenerateAsync(["one thing", "another thing", "one thing"]);

        Assert.Equal(many[0].Vector.ToArray(), many[2].Vector.ToArray());
        Assert.NotEqual(many[0].Vector.ToArray(), many[1].Vector.ToArray());
        Assert.Equal(OfflineEmbeddingGenerator.Embed("another thing"), many[1].Vector.ToArray());
        Assert.Equal(512, generator.GetService<EmbeddingGeneratorMetadata>()!.DefaultModelDimensions);
    }

    private static float Cosine(string a, string b) => TensorPrimitives.Dot(OfflineEmbeddingGenerator.Embed(a), OfflineEmbeddingGenerator.Embed(b));

    private static string Fingerprint(string text) => string.Join(' ', OfflineEmbeddingGenerator.Embed(text)
        .Select((x, i) => (i, x)).Where(f => f.x != 0).OrderByDescending(f => Math.Abs(f.x)).ThenBy(f => f.i).Take(6).Select(f => FormattableString.Invariant($"{f.i}:{Math.Round(f.x, 4)}")));
}
