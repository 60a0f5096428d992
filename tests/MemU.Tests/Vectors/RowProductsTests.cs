using MemU.Vectors;

namespace MemU.Tests.Vectors;

/// <summary>The inner loops of search against arithmetic that anybody can check.</summary>
public sealed class RowProductsTests
{
    [Theory]
    [InlineData(16, 1)]
    [InlineData(48, 3)]
    [InlineData(80, 9)]
    [InlineData(384, 64)]
    [InlineData(1536, 5)]
    public void Products_of_rows_are_sums_of_products(int length, int rows)
    {
        var random = new Random(1);
        float[] question = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
        float[] all = [.. Enumerable.Range(0, length * rows).Select(_ => random.NextSingle() - 0.5f)];
        var products = new float[rows];

        DotProduct.OfRows(question, all, products);

        Assert.All(products.Index(), p => Assert.Equal(question.Zip(all[(p.Index * length)..], (q, r) => (double)q * r).Sum(), p.Item, 1e-4));
    }

    [Theory]
    [InlineData(32, 1)]
    [InlineData(96, 4)]
    [InlineData(160, 7)]
    [InlineData(384, 64)]
    [InlineData(1536, 6)]
    public void Products_of_rounded_rows_are_exact_also_of_the_greatest_numbers(int length, int rows)
    {
        var random = new Random(1);
        sbyte[] question = [.. Enumerable.Range(0, length).Select(i => (sbyte)(i < 64 ? RoundedDot.MostInQuestion : i < 96 ? -RoundedDot.MostInQuestion : random.Next(-64, 65)))];
        byte[] all = [.. Enumerable.Range(0, length * rows).Select(i => (byte)(i < length ? 255 : random.Next(1, 256)))];
        var products = new int[rows];

        RoundedDot.OfRows(question, all, products);

        Assert.All(products.Index(), p => Assert.Equal(question.Zip(all[(p.Index * length)..], (q, r) => q * r).Sum(), p.Item));
    }

    [Theory]
    [InlineData(new[] { 1f, 2, 3 }, 2f, 1)]
    [InlineData(new[] { 1f, 1, 1, 1, 1, 1, 1, 1, 1, 5 }, 2f, 9)]
    [InlineData(new[] { 1f, 1, 1, 1, 5, 1, 1, 1, 1, 5 }, 2f, 4)]
    [InlineData(new[] { 1f, 1, 1, 1, 1, 1, float.NaN, 1, 1, 5 }, 2f, 6)]
    [InlineData(new[] { 1f, float.NaN }, 2f, 1)]
    [InlineData(new[] { 1f, 1, 1, 1, 1, 1, 1, 1, 1 }, 2f, 9)]
    [InlineData(new[] { 1f, 1 }, float.NegativeInfinity, 0)]
    public void The_next_score_is_the_first_that_is_not_below_the_floor(float[] scores, float floor, int place) => Assert.Equal(place, ScoreScan.Next(scores, 0, floor));
}
