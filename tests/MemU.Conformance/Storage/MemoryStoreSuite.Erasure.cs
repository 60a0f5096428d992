using System.Text;
using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Erasing a space for good.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task An_erased_space_is_empty_and_says_what_it_held()
    {
        var sample = await CommitSampleAsync();

        var erased = await Store.EraseAsync(Alice, Token);

        Assert.Equal(
            new SpaceErasure { Resources = 1, Passages = 2, Items = 1, Categories = 1, Links = 1, History = 1, Vectors = sample.Vectors.Count() }, erased);
        Assert.Equal(await DumpAsync(new MemoryScope("never seen")), await DumpAsync(Alice));
        Assert.Equal(0, (await Store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Empty(await Catalog.ListSpacesAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task Erasing_a_space_leaves_its_neighbour_as_it_was(string[] here, string[] there)
    {
        var (mine, theirs) = (Spaces.Of(here), Spaces.Of(there));
        await CommitSampleAsync(new Rows(theirs, 2));
        await CommitSampleAsync(new Rows(mine, 3));
        var before = await DumpAsync(theirs);

        await Store.EraseAsync(mine, Token);
        await Catalog.ScrubAsync([mine], Token);

        Assert.Equal(before, await DumpAsync(theirs));
    }

    [Fact]
    public async Task Erasing_again_removes_nothing_and_leaves_no_second_record()
    {
        await CommitSampleAsync();
        await Store.EraseAsync(Alice, Token);

        Assert.Equal(new SpaceErasure(), await Store.EraseAsync(Alice, Token));
        Assert.Single(await Catalog.ListErasuresAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_space_that_was_erased_can_be_written_anew_and_its_revision_does_not_start_over()
    {
        var sample = await CommitSampleAsync();
        var before = (await Store.GetVersionAsync(Alice, Token)).Revision;
        await Store.EraseAsync(Alice, Token);

        await CommitAsync(sample.Changes);

        Assert.True((await Store.GetVersionAsync(Alice, Token)).Revision >= before);
        Assert.Equal(1, (await Store.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task A_space_that_is_erased_and_written_again_at_the_same_moment_has_another_version()
    {
        var sample = await CommitSampleAsync();
        var before = await Store.GetVersionAsync(Alice, Token);
        Assert.Equal(before, await Store.GetVersionAsync(Alice, Token));
        await Store.EraseAsync(Alice, Token);
        Assert.Equal(default, await Store.GetVersionAsync(Alice, Token));

        await CommitAsync(sample.Changes);

        Assert.NotEqual(before, await Store.GetVersionAsync(Alice, Token));
    }

    [Fact]
    public async Task A_commit_that_began_before_the_erasure_of_its_space_writes_nothing()
    {
        var sample = await CommitSampleAsync();
        var mark = await Store.GetErasureMarkAsync(Alice, Token);
        Assert.False(await Store.IsErasedSinceAsync(Alice, mark, Token));
        await Store.EraseAsync(Alice, Token);

        Assert.True(await Store.IsErasedSinceAsync(Alice, mark, Token));
        await Assert.ThrowsAsync<SpaceErasedException>(() => CommitAsync(sample.Changes with { NotErasedSince = mark }));

        Assert.Equal(await DumpAsync(new MemoryScope("never seen")), await DumpAsync(Alice));
        await CommitAsync(sample.Changes with { NotErasedSince = await Store.GetErasureMarkAsync(Alice, Token) });
        Assert.Equal(1, (await Store.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task A_space_that_held_nothing_is_erased_all_the_same()
    {
        var mark = await Store.GetErasureMarkAsync(Alice, Token);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(new SpaceErasure(), await Store.EraseAsync(Alice, Token));
        }

        await Assert.ThrowsAsync<SpaceErasedException>(() => CommitAsync(Rows.Full().Changes with { NotErasedSince = mark }));
        Assert.Empty(await Catalog.ListErasuresAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public async Task The_erasure_of_a_neighbour_does_not_hinder_a_commit(string[] here, string[] there)
    {
        var (mine, theirs) = (new Rows(Spaces.Of(here), 2), new Rows(Spaces.Of(there), 3));
        await CommitSampleAsync(theirs);
        var mark = await Store.GetErasureMarkAsync(mine.Scope, Token);
        await Store.EraseAsync(theirs.Scope, Token);

        Assert.False(await Store.IsErasedSinceAsync(mine.Scope, mark, Token));
        await Store.CommitAsync(mine.Scope, mine.Full().Changes with { NotErasedSince = mark }, Token);
    }

    [Fact]
    public async Task A_mark_that_the_store_never_reached_is_of_other_data()
    {
        await Assert.ThrowsAsync<SpaceErasedException>(() => CommitAsync(Rows.Full().Changes with { NotErasedSince = 1000 }));
    }

    [Fact]
    public async Task The_record_of_an_erasure_knows_every_id_and_no_word()
    {
        var sample = await CommitSampleAsync();
        await Store.EraseAsync(Alice, Token);

        var record = Assert.Single(await Catalog.ListErasuresAsync(Token).ToListAsync(Token));

        Assert.Equal(Alice.Key, record.SpaceKey);
        string[] ids = [sample.Resource.Id, sample.First.Id, sample.Second.Id, sample.Item.Id, sample.Category.Id, sample.Revision.Id];
        Assert.Equal(ids.Select(id => ErasureRecord.FingerprintOf(Encoding.UTF8.GetBytes(id))).Order(), record.Ids.Order());
    }

    [Fact]
    public async Task Ids_that_are_in_use_are_told_from_those_that_are_not()
    {
        var sample = await CommitSampleAsync();

        var known = await Catalog.ListKnownIdsAsync([sample.Item.Id, sample.Second.Id, "nobody", sample.Revision.Id], Token);

        Assert.Equal(new[] { sample.Item.Id, sample.Second.Id, sample.Revision.Id }.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }
}
