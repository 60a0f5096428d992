using MemU.Resources;
using MemU.Retrieve;
using MemU.Tests.Maintenance;

namespace MemU.Tests.Retrieve;

public sealed class SpaceTextIndexCacheTests
{
    private readonly RetrieveHouse house = new();

    private Task AddAsync(MemoryScope scope, string text) => house.AddTalkAsync(scope, "Talk", [("Alice", text)]);

    [Fact]
    public async Task An_unchanged_space_is_read_once_however_many_ask()
    {
        await AddAsync(RetrieveHouse.Alice, "bread");
        var indexes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => house.Texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None))));
        Assert.All(indexes, i => Assert.Same(indexes[0], i));
    }

    [Fact]
    public async Task A_commit_is_seen_by_the_next_question()
    {
        await AddAsync(RetrieveHouse.Alice, "bread");
        Assert.Empty((await house.AskAsync("violin")).Evidence);
        await AddAsync(RetrieveHouse.Alice, "violin");
        Assert.Equal("violin", Assert.Single((await house.AskAsync("violin")).Evidence).Value.Text);
    }

    [Fact]
    public async Task A_deleted_source_is_not_found_again()
    {
        var talk = await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "violin")]);
        Assert.NotEmpty((await house.AskAsync("violin")).Evidence);
        await house.Store.CommitAsync(RetrieveHouse.Alice, new() { RemovedResources = [talk.Id] }, CancellationToken.None);
        var result = await house.AskAsync("violin");
        Assert.Empty(result.Evidence);
        Assert.Empty(result.Items);
        Assert.Empty(result.Resources);
    }

    [Fact]
    public async Task A_commit_to_one_space_leaves_the_index_of_another_alone()
    {
        await AddAsync(RetrieveHouse.Alice, "bread");
        var before = await house.Texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None);
        await AddAsync(RetrieveHouse.Bob, "violin");
        Assert.Same(before, await house.Texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None));
        Assert.Equal(1, before.Passages.Count);
    }

    [Fact]
    public async Task Over_its_budget_the_space_used_longest_ago_is_dropped()
    {
        await AddAsync(RetrieveHouse.Alice, "bread");
        await AddAsync(RetrieveHouse.Bob, "violin");
        var carol = new MemoryScope("carol");
        var size = (await house.Texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None)).ApproximateBytes;
        var texts = new SpaceTextIndexCache(house.Store, house.Time, budget: (3 * size) + 6000);
        var alice = await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None);
        var bob = await texts.GetAsync(RetrieveHouse.Bob, CancellationToken.None);
        Assert.Equal(2, texts.Count);
        Assert.Same(alice, await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None));
        await house.AddTalkAsync(carol, "Talk", [.. Enumerable.Range(0, 3).Select(i => ("Carol", $"word{i}"))]);
        await texts.GetAsync(carol, CancellationToken.None);
        Assert.Equal(2, texts.Count);
        Assert.Same(alice, await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None));
        Assert.NotSame(bob, await texts.GetAsync(RetrieveHouse.Bob, CancellationToken.None));
    }

    [Fact]
    public async Task A_space_larger_than_the_budget_is_kept_while_it_is_in_use()
    {
        await AddAsync(RetrieveHouse.Alice, "bread");
        var texts = new SpaceTextIndexCache(house.Store, house.Time, budget: 1);
        var first = await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None);
        Assert.Same(first, await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None));
    }

    [Fact]
    public async Task Rows_that_another_program_wrote_are_seen_after_a_while()
    {
        await AddAsync(RetrieveHouse.Alice, "bread");
        var texts = new SpaceTextIndexCache(StillRevisionStore.Over(house.Store), house.Time);
        var before = await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None);
        await AddAsync(RetrieveHouse.Alice, "violin");
        Assert.Same(before, await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None));
        house.Time.Advance(SpaceTextIndexCache.RecountAfter);
        var after = await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None);
        Assert.Equal(2, after.Passages.Count);
        house.Time.Advance(SpaceTextIndexCache.RecountAfter);
        Assert.Same(after, await texts.GetAsync(RetrieveHouse.Alice, CancellationToken.None));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("encrypted")]
    public async Task A_space_that_another_process_erased_and_wrote_anew_within_one_millisecond_is_read_anew(string kind)
    {
        await using var here = Workbench.Open(kind);
        await using var there = Workbench.Open(kind, here.Data);
        var space = here.Service.OpenSpace(RetrieveHouse.Alice);
        await space.MemorizeAsync(ResourceRef.Text("Alice plays the violin.", "a"));
        Assert.NotEmpty((await space.RetrieveAsync("violin")).Evidence);
        var before = await here.Store.GetVersionAsync(RetrieveHouse.Alice, default);

        await there.Maintenance.EraseAsync(RetrieveHouse.Alice);
        await there.Service.OpenSpace(RetrieveHouse.Alice).MemorizeAsync(ResourceRef.Text("Alice plays the cello.", "b"));

        // The clock stood still: only the epoch tells the two apart.
        Assert.Equal(before.Revision, (await here.Store.GetVersionAsync(RetrieveHouse.Alice, default)).Revision);
        Assert.Equal("Alice plays the cello.", Assert.Single((await space.RetrieveAsync("cello")).Evidence).Value.Text);
        Assert.DoesNotContain((await space.RetrieveAsync("violin")).Evidence, e => e.Value.Text.Contains("violin", StringComparison.Ordinal));
    }
}
