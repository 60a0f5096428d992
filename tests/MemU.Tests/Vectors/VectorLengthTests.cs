using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class VectorLengthTests
{
    [Fact]
    public void One_number_that_is_not_finite_is_found_wherever_it_stands()
    {
        for (var length = 1; length <= 40; length++)
        {
            float[] vector = [.. Enumerable.Range(0, length).Select(i => i % 2 == 0 ? float.MaxValue : -float.Epsilon)];
            Assert.True(VectorLength.IsFinite(vector));
            for (var i = 0; i < length; i++)
            {
                foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
                {
                    var before = vector[i];
                    vector[i] = bad;
                    Assert.False(VectorLength.IsFinite(vector), $"{bad} at {i} of {length}");
                    vector[i] = before;
                }
            }
        }
    }

    [Fact]
    public void Every_number_is_divided_by_the_length_and_the_rest_is_zero()
    {
        for (var length = 1; length <= 40; length++)
        {
            float[] vector = [.. Enumerable.Range(1, length).Select(i => (float)i)];
            float[] divided = [.. Enumerable.Repeat(9f, length + 3)];
            VectorLength.Normalise(vector, divided);
            var whole = Math.Sqrt(vector.Sum(x => (double)x * x));
            Assert.Equal([.. vector.Select(x => x / whole), 0, 0, 0], divided.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }
}
