using MemU.Vectors;

namespace MemU.Tests.Vectors;

public sealed class RowsByIdTests
{
    private readonly string[] ids = MixedIds.Some(new Random(11), 2_000);
    private int tables = int.MaxValue;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void A_table_that_finds_no_memory_to_grow_leaves_everything_as_it_was(int tablesBefore)
    {
        var group = new VectorGroup(2, null, VectorSearchMode.Exact, newTable: NewTable);
        var held = 0;
        tables = tablesBefore;
        Assert.Throws<OutOfMemoryException>(() => ids.ToList().ForEach(id => Add(group, held++)));
        held--;
        Assert.Equal(held, group.Count);
        AssertHolds(group, 0, held);

        // With memory again it takes in all, and everything can be removed.
        tables = int.MaxValue;
        Enumerable.Range(held, ids.Length - held).ToList().ForEach(i => Add(group, i));
        AssertHolds(group, 0, ids.Length);
        RemoveAll(group, ids.Length);
    }

    [Fact]
    public void A_table_that_finds_no_memory_to_shrink_has_given_up_the_row_and_holds_the_others()
    {
        var group = new VectorGroup(2, null, VectorSearchMode.Exact, newTable: NewTable);
        Enumerable.Range(0, ids.Length).ToList().ForEach(i => Add(group, i));
        tables = 0;
        var removed = 0;
        Assert.Throws<OutOfMemoryException>(() => ids.ToList().ForEach(id => group.Remove(group.Find(new VectorId(ids[removed++])))));
        Assert.Equal(ids.Length - removed, group.Count);
        AssertHolds(group, removed, ids.Length);
        Enumerable.Range(0, removed).ToList().ForEach(i => Add(group, i));
        tables = int.MaxValue;
        RemoveAll(group, ids.Length);
    }

    [Fact]
    public void Rows_that_were_given_out_are_not_given_out_again_when_there_is_no_memory_for_more()
    {
        // One array of these can be had, one for more of them cannot: it would be longer than arrays are. Nothing of it is touched.
        const int Rows = 1 << 22, First = RowSupply<byte>.Few;
        var supply = new RowSupply<byte>(64, Rows);
        supply.Expect(First + 1);
        supply.Next(First, Rows)[0].Fill(7);
        supply.Expect(First + RowSupply<byte>.Many);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            Assert.ThrowsAny<Exception>(() => supply.Next(First + 1, Rows));
        }
    }

    [Fact]
    public void Rows_that_are_expected_need_one_table_and_to_expect_fewer_than_there_are_changes_nothing()
    {
        var group = new VectorGroup(2, null, VectorSearchMode.Exact, newTable: NewTable);
        tables = 1;
        group.Expect(ids.Length);
        Enumerable.Range(0, ids.Length).ToList().ForEach(i => Add(group, i));
        group.Expect(1);
        AssertHolds(group, 0, ids.Length);
    }

    [Fact]
    public void An_id_is_found_in_a_table_that_is_as_full_as_it_gets_and_one_that_is_not_there_is_not()
    {
        var group = new VectorGroup(2, null, VectorSearchMode.Exact);
        for (var i = 0; i < 200; i++)
        {
            Add(group, i);
            AssertHolds(group, 0, i + 1);
        }
    }

    [Fact]
    public void A_text_is_not_taken_for_the_UUID_of_the_same_bytes_nor_the_UUID_for_it()
    {
        // A row with a text has a UUID of zeros beside it.
        var zeros = Guid.Empty.ToString();
        var group = new VectorGroup(2, null, VectorSearchMode.Exact);
        group.Add(new VectorId("text"), [1, 2]);
        Assert.Equal(-1, group.Find(new VectorId(zeros)));
        group.Add(new VectorId(zeros), [3, 4]);
        Assert.Equal([1, 2], group.Vector(group.Find(new VectorId("text"))).ToArray());
        Assert.Equal([3, 4], group.Vector(group.Find(new VectorId(zeros))).ToArray());

        // The place of a text is taken by a UUID, and the other way round.
        group.Remove(group.Find(new VectorId("text")));
        Assert.Equal((-1, 0), (group.Find(new VectorId("text")), group.Find(new VectorId(zeros))));
        group.Add(new VectorId("other"), [5, 6]);
        group.Remove(group.Find(new VectorId(zeros)));
        Assert.Equal((-1, 0), (group.Find(new VectorId(zeros)), group.Find(new VectorId("other"))));
    }

    private int[] NewTable(int slots) => tables-- > 0 ? new int[slots] : throw new OutOfMemoryException();

    private void Add(VectorGroup group, int i) => group.Add(new VectorId(ids[i]), [i, 1]);

    private void RemoveAll(VectorGroup group, int end)
    {
        for (var i = 0; i < end; i++)
        {
            if (group.Find(new VectorId(ids[i])) is >= 0 and var row)
            {
                group.Remove(row);
            }

            if (i % 97 == 0)
            {
                AssertHolds(group, i + 1, end);
            }
        }

        Assert.Equal(0, group.Count);
    }

    private void AssertHolds(VectorGroup group, int first, int end)
    {
        for (var i = first; i < ids.Length; i++)
        {
            var row = group.Find(new VectorId(ids[i]));
            Assert.Equal(i < end, row >= 0);
            Assert.True(row < 0 || group.Vector(row)[0] == i);
        }
    }
}
