using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>A first pass over rounded copies beside exact search, where rounding hides most.</summary>
public sealed class FirstPassTests
{
    private const string Items = VectorCollections.Items;
    private const int Count = 2_000;

    [Theory]
    [InlineData("gathered around one direction", 64)]
    [InlineData("gathered around one direction", 384)]
    [InlineData("one number hides the others", 64)]
    [InlineData("any", 1)]
    [InlineData("any", 2)]
    [InlineData("any", 3)]
    [InlineData("any", 65)]
    [InlineData("of any length", 5)]
    [InlineData("of any length", 70)]
    [InlineData("a few, each many times", 33)]
    [InlineData("zero", 40)]
    public void Rows_that_rounding_cannot_tell_apart_come_as_from_exact_search_in_the_same_order(string kind, int dimension)
    {
        var random = new Random(dimension);
        var next = Kind(kind, dimension, random);
        var (rounded, exact) = (new SpaceVectors(VectorSearchMode.Quantised), new SpaceVectors(VectorSearchMode.Exact));
        foreach (var i in Enumerable.Range(0, Count))
        {
            var vector = next();
            rounded.Upsert($"{i:0000}", vector, null);
            exact.Upsert($"{i:0000}", vector, null);
        }

        for (var i = 0; i < 20; i++)
        {
            // What goes and what is written over moves rows, and leaves the greatest step of the rounding too great.
            var (gone, changed, vector) = ($"{random.Next(Count):0000}", $"{random.Next(Count):0000}", next());
            Assert.Equal(exact.Remove(gone), rounded.Remove(gone));
            rounded.Upsert(changed, vector, null);
            exact.Upsert(changed, vector, null);
            foreach (var topK in new[] { 1, 10, 200, Count / 4, Count })
            {
                var query = new VectorQuery(Items, i % 10 == 9 ? new float[dimension] : next(), topK);
                Assert.Equal(exact.Query(query).Hits, rounded.Query(query).Hits);
            }
        }
    }

    private static Func<float[]> Kind(string kind, int dimension, Random random)
    {
        float[] Any() => [.. Enumerable.Range(0, dimension).Select(_ => random.NextSingle() - 0.5f)];
        var (centre, few) = (Any(), Enumerable.Range(0, 3).Select(_ => Any()).ToArray());
        float[] lengths = [0, 1e-44f, 1e-30f, 1e-16f, 1, 1e17f, 1e18f, 1e38f];
        return kind switch
        {
            "gathered around one direction" => () => [.. Any().Zip(centre, (a, c) => c + (0.02f * a))],
            "one number hides the others" => () => [1, .. Any().Skip(1).Select(a => a / 127)],
            "of any length" => () =>
            {
                var length = lengths[random.Next(lengths.Length)];
                return [.. Any().Select(a => a * length)];
            },
            "a few, each many times" => () => few[random.Next(few.Length)],
            "zero" => () => random.Next(2) == 0 ? new float[dimension] : Any(),
            _ => Any,
        };
    }
}
