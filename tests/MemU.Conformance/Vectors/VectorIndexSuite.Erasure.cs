using MemU.Vectors;

namespace MemU.Conformance.Vectors;

/// <summary>Erasing a space for good.</summary>
public abstract partial class VectorIndexSuite
{
    /// <summary>False when the store's erasure takes the vectors along.</summary>
    protected virtual bool ErasesItself => true;

    [Fact]
    public async Task An_erased_space_has_no_entry_left()
    {
        VectorRecord[] all = [.. VectorCollections.All.Select((c, i) => Vector($"id {i}", 1, i) with { Collection = c })];
        await UpsertAsync(all);

        var erased = await Index.EraseAsync(Alice, Token);

        Assert.Equal(ErasesItself ? all.Length : 0, erased);
        foreach (var record in all)
        {
            Assert.Equal(ErasesItself ? 0 : 1, (await ListAsync(record.Collection)).Count);
        }
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task Erasing_a_space_leaves_its_neighbours_entries(string[] here, string[] there)
    {
        var (mine, theirs) = (Spaces.Of(here), Spaces.Of(there));
        var canary = Vector("canary", 1, 2, 3);
        await Index.ApplyAsync(theirs, new VectorChanges { Upserted = [canary] }, Token);
        await Index.ApplyAsync(mine, new VectorChanges { Upserted = [Vector("mine", 3, 2, 1)] }, Token);

        await Index.EraseAsync(mine, Token);
        await Index.EraseAsync(mine, Token);

        AssertSame(canary, Assert.Single(await ListAsync(scope: theirs)));
    }

    [Fact]
    public async Task Erasing_what_was_never_there_is_no_error()
    {
        Assert.Equal(0, await Index.EraseAsync(Alice, Token));
    }
}
