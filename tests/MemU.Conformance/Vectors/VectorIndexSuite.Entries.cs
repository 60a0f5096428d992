using MemU.Vectors;

namespace MemU.Conformance.Vectors;

/// <summary>Writing, reading, listing.</summary>
public abstract partial class VectorIndexSuite
{
    [Fact]
    public async Task An_empty_index_answers()
    {
        await Index.EnsureUsableAsync(Alice, Token);

        Assert.Empty(await ListAsync());
        Assert.Empty(await Index.GetAsync(Alice, VectorCollections.Items, ["a"], Token));
        var hits = await Index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 1 }, 5), Token);
        Assert.Empty(hits.Hits);
        Assert.Equal(0, hits.Skipped);
    }

    [Fact]
    public async Task What_was_written_comes_back_to_the_bit()
    {
        VectorRecord[] records =
        [
            Vector("a", 0.1f, -0f, float.Epsilon, float.MaxValue, float.MinValue, 1e-20f, 1f / 3, 16777217f),
            Vector("b", 1) with { Text = null },
            Vector("c", 1) with { Model = null },
            Vector("d", 0, 0, 0) with { Text = string.Empty },
            .. VectorCollections.All.Select((c, i) => Vector("same id", i + 1) with { Collection = c }),
        ];
        await UpsertAsync(records);

        foreach (var record in records)
        {
            AssertSame(record, Assert.Single(await Index.GetAsync(Alice, record.Collection, [record.Id], Token)));
        }
    }

    [Fact]
    public async Task A_later_write_replaces_the_entry()
    {
        await UpsertAsync(Vector("a", 1, 2));
        var later = Vector("a", 3) with { Text = "new", Model = "other" };
        await UpsertAsync(later);

        AssertSame(later, Assert.Single(await ListAsync()));
    }

    [Fact]
    public async Task The_same_changes_twice_change_nothing()
    {
        await UpsertAsync(Vector("a", 1), Vector("gone", 1));
        var changes = new VectorChanges { Removed = [(VectorCollections.Items, "gone")], Upserted = [Vector("b", 2)] };
        await Index.ApplyAsync(Alice, changes, Token);
        await Index.ApplyAsync(Alice, changes, Token);

        Assert.Equal(["a", "b"], (await ListAsync()).Select(v => v.Id));
    }

    [Fact]
    public async Task Removals_name_one_collection_come_first_and_may_be_unknown()
    {
        await UpsertAsync(Vector("a", 1), Vector("a", 2) with { Collection = VectorCollections.Passages });
        await Index.ApplyAsync(
            Alice, new VectorChanges { Removed = [(VectorCollections.Items, "a"), (VectorCollections.Items, "never was")], Upserted = [Vector("a", 7)] }, Token);
        AssertNumbers([7], (await ListAsync())[0]);

        await Index.ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "a")] }, Token);
        Assert.Empty(await ListAsync());
        Assert.Single(await ListAsync(VectorCollections.Passages));
    }

    [Fact]
    public async Task Reads_by_id_keep_the_order_asked_for_and_leave_out_the_unknown()
    {
        await UpsertAsync(Vector("a", 1), Vector("b", 2), Vector("c", 3));

        var found = await Index.GetAsync(Alice, VectorCollections.Items, ["c", "unknown", "a"], Token);

        Assert.Equal(["c", "a"], found.Select(v => v.Id));
    }

    [Fact]
    public async Task A_list_is_in_order_of_id()
    {
        await UpsertAsync(Vector("b", 1), Vector("A", 1), Vector("a", 1), Vector("10", 1), Vector("9", 1), Vector("ä", 1));

        Assert.Equal(["10", "9", "A", "a", "b", "ä"], (await ListAsync()).Select(v => v.Id));
    }

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Any_id_and_text_come_back_unchanged(string text)
    {
        var record = Vector(text, 1, 2) with { Text = text, Model = text };
        await UpsertAsync(record, Vector("other", 1));

        AssertSame(record, Assert.Single(await Index.GetAsync(Alice, VectorCollections.Items, [text], Token)));
        await Index.ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, text)] }, Token);
        Assert.Equal(["other"], (await ListAsync()).Select(v => v.Id));
    }

    [Fact]
    public async Task A_bad_record_in_a_big_change_leaves_nothing()
    {
        await UpsertAsync(Vector("a", 1));
        var good = Enumerable.Range(0, 200).Select(i => Vector($"new {i}", i + 1)).ToList();
        VectorRecord[] bad =
        [
            Vector("x", float.NaN), Vector("x", 1, float.PositiveInfinity), Vector("x"), Vector(string.Empty, 1), Vector("x", 1) with { Collection = "nothing" },
        ];

        foreach (var record in bad)
        {
            var changes = new VectorChanges { Removed = [(VectorCollections.Items, "a")], Upserted = [.. good, record] };
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Index.ApplyAsync(Alice, changes, Token));
        }

        Assert.Equal(["a"], (await ListAsync()).Select(v => v.Id));
    }

    [Fact]
    public async Task An_unknown_collection_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Index.GetAsync(Alice, "notes", ["a"], Token));

        Assert.Contains("'notes'", error.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => ListAsync("notes"));
        await Assert.ThrowsAsync<ArgumentException>(() => QueryAsync(new VectorQuery("notes", new float[] { 1 }, 1)));
    }

    [Fact]
    public async Task A_cancelled_call_writes_nothing_and_reads_nothing()
    {
        await UpsertAsync(Vector("a", 1));
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            () => Index.ApplyAsync(Alice, new VectorChanges { Upserted = [Vector("b", 1)] }, cancelled),
            () => Index.EnsureUsableAsync(Alice, cancelled),
            () => Index.GetAsync(Alice, VectorCollections.Items, ["a"], cancelled),
            () => Index.QueryAsync(Alice, new VectorQuery(VectorCollections.Items, new float[] { 1 }, 1), cancelled),
            async () => await Index.ListAsync(Alice, VectorCollections.Items, cancelled).ToListAsync(cancelled),
        ];

        foreach (var call in calls)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);
        }

        Assert.Equal(["a"], (await ListAsync()).Select(v => v.Id));
    }

    [Fact]
    public async Task Writers_at_the_same_time_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            for (var j = 0; j < 3; j++)
            {
                await Index.ApplyAsync(new MemoryScope($"user {i % 2}"), new VectorChanges { Upserted = [Vector($"{i}-{j}", i, j + 1)] }, Token);
            }
        })));

        Assert.Equal(30, (await ListAsync(scope: new MemoryScope("user 0"))).Count);
        Assert.Equal(30, (await ListAsync(scope: new MemoryScope("user 1"))).Count);
    }

    [Fact]
    public async Task A_reader_sees_whole_changes_only()
    {
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await UpsertAsync([.. Enumerable.Range(0, 10).Select(j => Vector($"{i}-{j}", 1, j))]);
            }
        });

        while (!writing.IsCompleted)
        {
            Assert.Equal(0, (await ListAsync()).Count % 10);
        }

        await writing;
        Assert.Equal(200, (await ListAsync()).Count);
    }

    [Fact]
    public async Task What_the_caller_changes_later_does_not_change_what_is_stored()
    {
        float[] vector = [1, 2];
        await UpsertAsync(Vector("a", vector));
        vector[0] = 9;

        AssertNumbers([1, 2], (await ListAsync())[0]);
    }
}
