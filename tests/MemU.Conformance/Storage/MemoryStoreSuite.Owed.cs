using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Vectors that another system still has to be told.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task Vectors_are_owed_in_the_order_of_their_commits_until_they_are_settled()
    {
        if (await OwesNothingAsync())
        {
            return;
        }

        var sample = Rows.Full();
        var receipt = await CommitAsync(sample.Changes);
        await CommitAsync(new MemoryChanges { Vectors = [Rows.Vector(VectorCollections.Items, sample.Item.Id, 0.1f, -0f, float.Epsilon, float.MaxValue)] });

        var owed = await Store.ListOwedVectorsAsync(Alice, 100, Token);

        Assert.True(receipt.OwesVectors);
        Assert.Equal(6, owed.Count);
        Assert.Equal(owed.OrderBy(o => o.Sequence), owed);
        Assert.Equal(6, owed.Select(o => o.Sequence).Distinct().Count());
        Assert.Equal(sample.Vectors.Select(v => v.Id).Order(), owed.Take(5).Select(o => o.Id).Order());
        var last = owed[5];
        Assert.Equal((VectorCollections.Items, sample.Item.Id), (last.Collection, last.Id));
        Assert.Equal(("The user sails.", "test-model"), (last.Record!.Text, last.Record.Model));
        Assert.Equal([0.1f, -0f, float.Epsilon, float.MaxValue], last.Record.Vector.ToArray());
        Assert.Equal(6, (await Store.GetStatisticsAsync(Alice, Token)).OwedVectors);

        var lastWords = owed.GroupBy(o => (o.Collection, o.Id)).Select(g => g.Max(o => o.Sequence)).Order();
        Assert.Equal(lastWords.Take(2), (await Store.ListOwedVectorsAsync(Alice, 2, Token)).Select(o => o.Sequence));
        await SettleAsync(owed.Take(2));
        Assert.Equal(owed.Skip(2).Select(o => o.Sequence), (await Store.ListOwedVectorsAsync(Alice, 100, Token)).Select(o => o.Sequence));
        await SettleAsync(owed);
        Assert.Empty(await Store.ListOwedVectorsAsync(Alice, 100, Token));
    }

    [Fact]
    public async Task Of_more_than_is_listed_at_once_only_the_last_word_about_each_record_is_listed()
    {
        if (await OwesNothingAsync())
        {
            return;
        }

        async Task OweAsync(string id, float number) =>
            await CommitAsync(new MemoryChanges { Vectors = [Rows.Vector(VectorCollections.Items, id, number)] });
        foreach (var (id, number) in new[] { ("a", 1f), ("b", 2f), ("c", 3f), ("b", 4f), ("d", 5f), ("a", 6f) })
        {
            await OweAsync(id, number);
        }

        var first = await Store.ListOwedVectorsAsync(Alice, 2, Token);
        Assert.Equal(["c", "b"], first.Select(o => o.Id));
        Assert.Equal([4], first[1].Record!.Vector.ToArray());

        // What is said since counts as well.
        await OweAsync("d", 7);
        await CommitAsync(new MemoryChanges { RemovedVectors = [(VectorCollections.Items, "e")] });
        await SettleAsync(first);
        var next = await Store.ListOwedVectorsAsync(Alice, 2, Token);
        Assert.Equal(["a", "d"], next.Select(o => o.Id));
        Assert.Equal([7], next[1].Record!.Vector.ToArray());
        await SettleAsync(next);
        Assert.Equal("e", Assert.Single(await Store.ListOwedVectorsAsync(Alice, 2, Token)).Id);
    }

    [Fact]
    public async Task A_commit_without_vectors_owes_none()
    {
        Assert.False((await CommitAsync(Rows.Full().Changes with { Vectors = [] })).OwesVectors);
        Assert.Empty(await Store.ListOwedVectorsAsync(Alice, 100, Token));
    }

    [Fact]
    public async Task An_earlier_debt_is_still_reported_by_a_later_commit()
    {
        if (await OwesNothingAsync())
        {
            return;
        }

        await CommitSampleAsync();

        Assert.True((await CommitAsync(new MemoryChanges { Categories = [Rows.Category()] })).OwesVectors);
    }

    [Fact]
    public async Task Everything_removed_owes_the_removal_of_its_vectors()
    {
        if (await OwesNothingAsync())
        {
            return;
        }

        var sample = await CommitSampleAsync();
        await SettleAllAsync();

        await CommitAsync(new MemoryChanges
        {
            RemovedResources = [sample.Resource.Id],
            RemovedCategories = [sample.Category.Id],
            RemovedVectors = [(VectorCollections.Items, "by hand")],
        });

        var owed = await Store.ListOwedVectorsAsync(Alice, 100, Token);
        Assert.All(owed, o => Assert.Null(o.Record));
        (string, string)[] expected =
        [
            (VectorCollections.Resources, sample.Resource.Id), (VectorCollections.Passages, sample.First.Id), (VectorCollections.Passages, sample.Second.Id),
            (VectorCollections.Items, sample.Item.Id), (VectorCollections.Items, "by hand"),
            (VectorCollections.Categories, sample.Category.Id), (VectorCollections.CategorySummaries, sample.Category.Id),
        ];
        Assert.Equal(expected.Order(), owed.Select(o => (o.Collection, o.Id)).Order());
    }

    [Fact]
    public async Task A_row_that_is_removed_and_written_again_keeps_its_new_vector()
    {
        if (await OwesNothingAsync())
        {
            return;
        }

        var sample = await CommitSampleAsync();
        await SettleAllAsync();

        await CommitAsync(new MemoryChanges
        {
            RemovedItems = [sample.Item.Id],
            Items = [sample.Item],
            Vectors = [Rows.Vector(VectorCollections.Items, sample.Item.Id, 5, 5)],
        });

        var owed = await Store.ListOwedVectorsAsync(Alice, 100, Token);
        Assert.Equal([5, 5], owed.MaxBy(o => o.Sequence)!.Record!.Vector.ToArray());
    }

    [Fact]
    public async Task A_settled_sequence_is_not_given_again()
    {
        if (await OwesNothingAsync())
        {
            return;
        }

        await CommitSampleAsync();
        var first = (await Store.ListOwedVectorsAsync(Alice, 100, Token)).Max(o => o.Sequence);
        await SettleAllAsync();
        await CommitSampleAsync();

        Assert.True((await Store.ListOwedVectorsAsync(Alice, 100, Token)).Min(o => o.Sequence) > first);
    }

    private async Task SettleAllAsync() =>
        await SettleAsync(await Store.ListOwedVectorsAsync(Alice, 1000, Token));

    private Task SettleAsync(IEnumerable<OwedVector> delivered) => Store.SettleOwedVectorsAsync(Alice, [.. delivered], Token);

    /// <summary>A store that writes its vectors itself has no debts; that is what is checked of it here.</summary>
    private async Task<bool> OwesNothingAsync()
    {
        if (OwesVectors)
        {
            return false;
        }

        Assert.False((await CommitAsync(Rows.Full().Changes)).OwesVectors);
        Assert.Empty(await Store.ListOwedVectorsAsync(Alice, 100, Token));
        return true;
    }
}
