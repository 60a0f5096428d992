using CsCheck;
using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

public sealed class FusionTests
{
    private static readonly Gen<(float[] Words, Scored<int>[] Nearest, double Weight)> Lists =
        from count in Gen.Int[1, 40]
        from words in Gen.OneOf(Gen.Const(0f), Gen.Float[0, 50]).Array[count]
        from cosines in Gen.Double[-1, 1].Array[count]
        from depth in Gen.Int[0, count]
        from weight in Gen.OneOf(Gen.Const(Fusion.OfflineWeight), Gen.Const(Fusion.ModelWeight))
        select (words, cosines.Select((c, i) => new Scored<int>(i, c)).OrderByDescending(h => h.Score).Take(depth).ToArray(), weight);

    [Fact]
    public void Scores_are_finite_and_bounded() => Lists.Sample(lists =>
    {
        var scores = Fuse(lists.Words, lists.Nearest, lists.Weight);
        return scores.Length == lists.Words.Length
            && scores.All(s => float.IsFinite(s) && s >= 0 && s <= 1 + lists.Weight + 1e-5);
    });

    [Fact]
    public void Who_is_ahead_in_both_lists_is_ahead_in_the_result() => Lists.Sample(lists =>
    {
        var scores = Fuse(lists.Words, lists.Nearest, lists.Weight);
        var cosine = lists.Nearest.ToDictionary(h => h.Value, h => h.Score);
        return cosine.Keys.All(a => cosine.Keys.All(b =>
            lists.Words[a] < lists.Words[b] || cosine[a] < cosine[b] || scores[a] >= scores[b] - 1e-5));
    });

    [Fact]
    public void Without_vectors_the_order_is_that_of_the_words() => Lists.Sample(lists =>
    {
        var order = TopScores.Of(Fuse(lists.Words, [], lists.Weight), 40).Select(h => lists.Words[h.Value]).ToList();
        return order.Zip(order.Skip(1)).All(p => p.First >= p.Second - (1e-6f * lists.Words.Max()));
    });

    [Fact]
    public void Vectors_that_are_all_alike_change_no_order()
    {
        var scores = Fuse([3, 1, 2], [new(1, 0.7), new(2, 0.7), new(0, 0.7)], Fusion.ModelWeight);
        Assert.Equal([0, 2, 1], TopScores.Of(scores, 3).Select(h => h.Value));
    }

    [Fact]
    public void A_near_perfect_vector_beats_the_best_word_match()
    {
        var scores = Fuse([5, 0, 0, 0], [new(2, 0.95), new(0, 0.2), new(1, 0.2), new(3, 0.1)], Fusion.ModelWeight);
        Assert.Equal(2, TopScores.Of(scores, 1)[0].Value);
    }

    private static float[] Fuse(float[] words, IReadOnlyList<Scored<int>> nearest, double weight)
    {
        var scores = new float[words.Length];
        Fusion.Fuse(words, nearest, weight, scores);
        return scores;
    }
}
