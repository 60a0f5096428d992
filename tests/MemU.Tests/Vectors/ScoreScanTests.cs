using CsCheck;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class ScoreScanTests
{
    private const string Items = VectorCollections.Items;

    [Fact]
    public void So_many_scores_as_are_wanted_reach_the_bound_whatever_they_are() =>
        Gen.Select(Gen.OneOf(Gen.Single[-1, 1], Gen.Const(0f), Gen.Const(1f), Gen.Const(-1f), Gen.Const(float.NaN), Gen.Const(float.NegativeInfinity)).Array[0, 6_000], Gen.Int[1, 700]).Sample(
            (scores, wanted) =>
            {
                var bound = ScoreScan.Bound(scores, wanted, new BestScores());
                Assert.True(float.IsNegativeInfinity(bound) || scores.Count(s => s >= bound) >= wanted);
            },
            iter: 300);

    [Theory]
    [InlineData(1_000, 10, 30)]
    [InlineData(4_096, 10, 30)]
    [InlineData(4_096, 200, 500)]
    public void Of_scores_in_any_order_few_more_reach_the_bound_than_are_wanted(int count, int wanted, int most)
    {
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var scores = Enumerable.Range(0, count).Select(_ => random.NextSingle()).ToArray();
            var bound = ScoreScan.Bound(scores, wanted, new BestScores());
            Assert.InRange(scores.Count(s => s >= bound), wanted, most);
        }
    }

    [Fact]
    public void What_rounding_puts_beyond_one_is_equal_to_one_and_comes_in_the_order_of_ids()
    {
        var random = new Random(3);
        float[] one = [.. Enumerable.Range(0, 70).Select(_ => random.NextSingle() - 0.5f)];
        var vectors = new SpaceVectors(VectorSearchMode.Exact);
        for (var i = 0; i < 3_000; i++)
        {
            var length = random.NextSingle() + 0.1f;
            vectors.Upsert($"{i:0000}", [.. one.Select(x => x * length)], null);
        }

        var all = vectors.Query(new VectorQuery(Items, one, 3_000)).Hits;
        Assert.InRange(all.Count(h => h.Score == 1), 300, 2_999);
        foreach (var topK in new[] { 1, 10, 300 })
        {
            Assert.Equal(all.Take(topK), vectors.Query(new VectorQuery(Items, one, topK)).Hits);
        }

        Assert.Equal(all.Where(h => h.Score == 1).Select(h => h.Value).Order(StringComparer.Ordinal), all.TakeWhile(h => h.Score == 1).Select(h => h.Value));
    }

    [Fact]
    public void Questions_that_go_through_the_rows_in_either_direction_find_the_same()
    {
        var random = new ClusteredVectors(1, 300, 30);
        foreach (var mode in Enum.GetValues<VectorSearchMode>())
        {
            var vectors = new SpaceVectors(mode);
            for (var i = 0; i < 6_000; i++)
            {
                vectors.Upsert($"{i}", random.Next(), null);
            }

            for (var i = 0; i < 10; i++)
            {
                var query = new VectorQuery(Items, random.Next(), 25);
                Assert.Equal(vectors.Query(query).Hits, vectors.Query(query).Hits);
            }
        }
    }
}
