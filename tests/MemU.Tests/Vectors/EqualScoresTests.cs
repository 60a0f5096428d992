using CsCheck;
using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class EqualScoresTests
{
    private const string Items = VectorCollections.Items;
    private const int Dimension = 3;

    // A few directions only, so that most scores are equal; some of no length, some whose length single precision cannot hold or nearly vanishes in it.
    private static readonly float[][] Directions =
    [
        [1, 0, 0], [0, 1, 0], [-1, 0, 0], [1, 1, 0], [2, 2, 0], [0, 0, 0], [3e38f, 3e38f, 3e38f], [1e-30f, 1e-30f, 0], [-1e-30f, 0, 0], [0, 3e38f, 0],
    ];

    [Fact]
    public void The_nearest_are_those_of_a_plain_search_in_the_order_of_ids_in_either_direction_and_over_several_groups() =>
        Gen.Select(Gen.Int[1, 9_000], Gen.OneOf(Gen.Int[1, 20], Gen.Int[300, 600], Gen.Const(20_000)), Gen.Int[0, 9], Gen.Int[0, 1_000]).Sample(
            (count, topK, asked, seed) =>
            {
                var random = new Random(seed);
                var vectors = new SpaceVectors(VectorSearchMode.Exact);
                var rows = new Dictionary<string, float[]>(StringComparer.Ordinal);
                for (var i = 0; i < count; i++)
                {
                    // Ids come in no order; some are replaced or removed again.
                    var (id, vector) = ($"{random.Next(count)}", Directions[random.Next(random.Next(1, Directions.Length + 1))]);
                    vectors.Upsert(id, vector, random.Next(3) == 0 ? "a" : null);
                    rows[id] = vector;
                    if (random.Next(10) == 0)
                    {
                        var gone = $"{random.Next(count)}";
                        Assert.Equal(rows.Remove(gone), vectors.Remove(gone));
                    }
                }

                vectors.Upsert("other", [1, 2], null);
                var question = Directions[asked];
                var all = vectors.Query(new VectorQuery(Items, question, count)).Hits;
                Assert.Equal(rows.Count, all.Count);
                Assert.All(all, h => Assert.Equal(Cosine(question, rows[h.Value]), h.Score, 1e-6));
                Assert.Equal(all.OrderByDescending(h => h.Score).ThenBy(h => h.Value, StringComparer.Ordinal), all);
                for (var again = 0; again < 3; again++)
                {
                    var found = vectors.Query(new VectorQuery(Items, question, topK));
                    Assert.Equal(1, found.Skipped);
                    Assert.Equal(all.Take(topK), found.Hits);
                }
            },
            iter: 100);

    private static double Cosine(float[] a, float[] b)
    {
        var (dot, ofA, ofB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Dimension; i++)
        {
            dot += (double)a[i] * b[i];
            ofA += (double)a[i] * a[i];
            ofB += (double)b[i] * b[i];
        }

        return ofA == 0 || ofB == 0 ? 0 : dot / Math.Sqrt(ofA * ofB);
    }
}
