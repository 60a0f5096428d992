using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>Many writers at once, and writers that give up.</summary>
public abstract partial class MemoryStoreSuite
{
    [Fact]
    public async Task Commits_at_the_same_time_all_arrive()
    {
        var samples = Enumerable.Range(0, 40).Select(i => new Rows(i % 2 == 0 ? Alice : new MemoryScope($"user {i}"), seed: 100 + i).Full($"url {i}")).ToList();

        await Task.WhenAll(samples.Select(s => Task.Run(() => Store.CommitAsync(s.Rows.Scope, s.Changes, Token))));

        Assert.Equal(20, (await Store.GetStatisticsAsync(Alice, Token)).Items);
        foreach (var sample in samples)
        {
            Assert.Equal(sample.Resource, await Store.GetResourceByUrlAsync(sample.Rows.Scope, sample.Resource.Url, Token));
        }
    }

    [Fact]
    public async Task Of_two_summaries_at_the_same_time_none_is_lost()
    {
        var category = Rows.Category(summary: "start");
        await CommitAsync(new MemoryChanges { Categories = [category] });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => AppendAsync(category.Id, $"+{i}"))));

        var summary = (await Store.GetCategoriesAsync(Alice, [category.Id], Token))[0].Summary!;
        Assert.All(Enumerable.Range(0, 8), i => Assert.Contains($"+{i}", summary));
    }

    [Fact]
    public async Task Of_several_writers_of_one_url_exactly_one_wins()
    {
        var attempts = Enumerable.Range(0, 8).Select(i => new Rows(Alice, seed: 200 + i).Full("the same url")).ToList();

        var errors = await Task.WhenAll(attempts.Select(s => Task.Run(async () => await Record.ExceptionAsync(() => Store.CommitAsync(Alice, s.Changes, Token)))));

        Assert.Single(errors, e => e is null);
        Assert.All(errors.Where(e => e is not null), e => Assert.IsType<ConcurrentChangeException>(e));
        Assert.Equal(1, (await Store.GetStatisticsAsync(Alice, Token)).Resources);
        Assert.Equal(2, (await Store.GetStatisticsAsync(Alice, Token)).Passages);
    }

    [Fact]
    public async Task A_reader_sees_whole_commits_only()
    {
        var resource = Rows.Resource();
        await CommitAsync(new MemoryChanges { Resources = [new(resource)] });
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 30; i++)
            {
                await CommitAsync(new MemoryChanges { Items = [.. Enumerable.Range(0, 10).Select(_ => Rows.Item(resource))] });
            }
        });

        while (!writing.IsCompleted)
        {
            Assert.Equal(0, (await Store.GetStatisticsAsync(Alice, Token)).Items % 10);
        }

        await writing;
        Assert.Equal(300, (await Store.GetStatisticsAsync(Alice, Token)).Items);
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing_and_reads_nothing()
    {
        var sample = await CommitSampleAsync();
        var before = await DumpAsync(Alice);
        var revision = (await Store.GetVersionAsync(Alice, Token)).Revision;
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            () => Store.CommitAsync(Alice, Rows.Full().Changes, cancelled),
            () => Store.SettleOwedVectorsAsync(Alice, [new OwedVector(5, VectorCollections.Items, "one", null)], cancelled),
            () => Store.GetVersionAsync(Alice, cancelled),
            () => Store.GetResourceByUrlAsync(Alice, sample.Resource.Url, cancelled),
            () => Store.GetItemsAsync(Alice, [sample.Item.Id], cancelled),
            () => Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, cancelled),
            () => Store.ListOwedVectorsAsync(Alice, 10, cancelled),
            () => Store.GetStatisticsAsync(Alice, cancelled),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }

        Assert.Equal(before, await DumpAsync(Alice));
        Assert.Equal(revision, (await Store.GetVersionAsync(Alice, Token)).Revision);
    }

    private async Task AppendAsync(string categoryId, string text)
    {
        while (true)
        {
            var now = (await Store.GetCategoriesAsync(Alice, [categoryId], Token))[0].Summary;
            try
            {
                await CommitAsync(new MemoryChanges { Summaries = [new(categoryId, now, now + text)] });
                return;
            }
            catch (ConcurrentChangeException)
            {
                // Somebody was faster: take up the new text.
            }
        }
    }
}
