using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class VectorIdTests
{
    private static readonly string[] Some = MixedIds.Some(new Random(1), 120);

    [Fact]
    public void Any_id_comes_back_as_it_was_written() => Assert.All(Some, id => Assert.Equal(id, new VectorId(id).ToString()));

    [Fact]
    public void Ids_are_equal_and_in_order_as_their_strings_are()
    {
        foreach (var one in Some)
        {
            foreach (var other in Some)
            {
                var (a, b) = (new VectorId(one), new VectorId(new string(other)));
                Assert.Equal(Math.Sign(string.CompareOrdinal(one, other)), Math.Sign(a.CompareTo(b)));
                Assert.Equal(one == other, a == b);
                Assert.Equal(one != other, a != b);
                Assert.True(one != other || a.GetHashCode() == b.GetHashCode());
            }
        }
    }

    [Fact]
    public void Only_what_is_written_as_UUIDs_are_needs_no_string()
    {
        Assert.Null(new VectorId("0198f1c2-0000-7000-8000-00000000abcd").Text);
        Assert.Null(new VectorId("00000000-0000-0000-0000-000000000000").Text);
        Assert.NotNull(new VectorId("0198F1C2-0000-7000-8000-00000000ABCD").Text);
        Assert.NotNull(new VectorId("").Text);
    }
}
