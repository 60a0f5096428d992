using MemU.Storage;
using MemU.Testing;
using MemU.Vectors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MemU.Tests.Maintenance;

/// <summary>Vectors that are in <c>vectors.json</c> or its journal, and in the database still stand as owed.</summary>
public sealed class LateStrikingTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    [Fact]
    public async Task Another_process_neither_reports_them_nor_writes_them_again()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Alice, "i1", "first");
        await CommitAsync(bench, Bob, "i2", "canary");
        await using var other = Workbench.Open("sqlite+json", bench.Data);
        var journal = new FileInfo(Path.Combine(bench.Data, "vectors.json.journal")).Length;

        Assert.Equal(2, (await other.Store.GetStatisticsAsync(Alice, default)).OwedVectors + (await other.Store.GetStatisticsAsync(Bob, default)).OwedVectors);
        Assert.DoesNotContain((await other.Maintenance.CheckAsync()).Findings, f => f.Code == "owed-vector");
        Assert.All(await other.Maintenance.GetStatisticsAsync().ToListAsync(), s => Assert.Equal(0, s.OwedVectors));

        // It has looked once and need not look again.
        Assert.Empty(await other.Store.ListOwedVectorsAsync(Alice, 10, default));
        Assert.Equal(journal, new FileInfo(Path.Combine(bench.Data, "vectors.json.journal")).Length);
        Assert.Equal("canary", Assert.Single(await other.Index.GetAsync(Bob, "items", ["i2"], default)).Text);
    }

    [Fact]
    public async Task A_newer_vector_of_another_process_is_delivered_though_an_older_one_stands_there()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await using var other = Workbench.Open("sqlite+json", bench.Data);
        await CommitAsync(bench, Alice, "i1", "old");
        await CommitAsync(other, Alice, "i1", "new");

        Assert.Equal("new", Assert.Single(await bench.Index.GetAsync(Alice, "items", ["i1"], default)).Text);
        await CommitAsync(bench, Alice, "i2", "else");
        Assert.Equal("new", Assert.Single(await other.Index.GetAsync(Alice, "items", ["i1"], default)).Text);
    }

    [Fact]
    public async Task What_a_power_failure_took_from_the_journal_is_delivered_once_more()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Alice, "i0", "before");
        var journal = Path.Combine(bench.Data, "vectors.json.journal");
        var length = new FileInfo(journal).Length;
        await CommitAsync(bench, Alice, "i1", "after");

        // The machine stops: nobody closes anything, and the end of the journal was not on the disk yet.
        using var copy = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(bench.Data))
        {
            File.Copy(file, copy.At(Path.GetFileName(file)));
        }

        using (var cut = File.OpenWrite(copy.At("vectors.json.journal")))
        {
            cut.SetLength(length);
        }

        await using var next = Workbench.Open("sqlite+json", copy.Path);
        Assert.Empty(await next.Index.GetAsync(Alice, "items", ["i1"], default));
        Assert.Contains((await next.Maintenance.CheckAsync()).Findings, f => f.Code == "owed-vector");
        await next.Writer.DeliverOwedAsync(Alice, default);
        Assert.Equal("after", Assert.Single(await next.Index.GetAsync(Alice, "items", ["i1"], default)).Text);
        Assert.DoesNotContain((await next.Maintenance.CheckAsync()).Findings, f => f.Code == "owed-vector");
    }

    [Fact]
    public async Task A_commit_of_more_than_is_remembered_is_delivered_whole_and_known_afterwards()
    {
        const int Many = 10_001;
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Bob, "b", "canary");
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Vectors = [.. Enumerable.Range(0, Many).Select(i => Changes(bench, $"i{i}", $"word {i}").Vectors[0])] }, default);
        await CommitAsync(bench, Alice, "i0", "newer");

        Assert.False(await bench.Store.OwesVectorsAsync(Alice, default));
        var texts = await bench.Index.ListAsync(Alice, "items", default).ToDictionaryAsync(v => v.Id, v => v.Text);
        Assert.Equal((Many, "newer", "word 10000"), (texts.Count, texts["i0"], texts["i10000"]));
        foreach (var (text, known) in new[] { ("word 1", 1), ("word 10000", 1), ("newer", 1), ("word 0", 0), ("canary", 0) })
        {
            Assert.Equal(known, (await bench.Store.FindEmbeddedTextsAsync(Alice, bench.Model.Name, [EmbeddedText.HashOf(text)], default)).Count);
        }
    }

    [Fact]
    public async Task They_go_with_the_space_that_is_erased()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Alice, "i1", "secret-of-alice");
        await CommitAsync(bench, Bob, "i2", "canary");
        await using (var other = Workbench.Open("sqlite+json", bench.Data))
        {
            await other.Maintenance.EraseAsync(Alice);
        }

        await CommitAsync(bench, Alice, "i3", "begun anew");
        Assert.Equal("begun anew", Assert.Single(await bench.Index.ListAsync(Alice, "items", default).ToListAsync()).Text);
        Assert.Equal("canary", Assert.Single(await bench.Index.ListAsync(Bob, "items", default).ToListAsync()).Text);
        Assert.DoesNotContain(Directory.GetFiles(bench.Data), f => File.ReadAllBytes(f).AsSpan().IndexOf("secret-of-alice"u8) >= 0);
    }

    [Fact]
    public async Task What_is_owed_after_a_restore_is_not_taken_for_what_was_delivered_before_it()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Alice, "i1", "kept");
        await CommitAsync(bench, Bob, "i2", "canary");
        await using var other = Workbench.Open("sqlite+json", bench.Data);
        using var folder = new TemporaryFolder();
        var backup = await other.Maintenance.BackUpAsync(folder.Path);
        foreach (var id in new[] { "i3", "i4", "i5" })
        {
            await CommitAsync(bench, Alice, id, "lost");
        }

        for (var round = 0; round < 2; round++)
        {
            await other.Maintenance.RestoreAsync(backup.Folder, overwrite: true);
            await CommitAsync(bench, Alice, "i6", "new");
            Assert.Equal(["kept", "new"], await other.Index.ListAsync(Alice, "items", default).Select(v => v.Text).ToListAsync());
        }

        await CommitAsync(other, Alice, "i6", "newer");
        await OweAsync(other, Alice, "i7", "owed");
        await bench.Writer.DeliverOwedAsync(Alice, default);
        Assert.Equal(["kept", "newer", "owed"], await other.Index.ListAsync(Alice, "items", default).Select(v => v.Text).ToListAsync());
        Assert.Equal("canary", Assert.Single(await bench.Index.ListAsync(Bob, "items", default).ToListAsync()).Text);
    }

    [Fact]
    public async Task Debts_of_a_time_with_vectors_json_do_not_come_back_over_what_was_written_into_the_database_since()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await OweAsync(bench, Alice, "i1", "old");
        await OweAsync(bench, Alice, "i2", "gone");
        await OweAsync(bench, Bob, "i3", "canary");

        await using var switched = Workbench.Open("sqlite", bench.Data);
        await switched.Writer.DeliverOwedAsync(Alice, default);
        await CommitAsync(switched, Alice, "i1", "new");
        await switched.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [("items", "i2")] }, default);
        await using var other = Workbench.Open("sqlite", bench.Data);
        await other.Writer.DeliverOwedAsync(Alice, default);

        Assert.Equal(["new"], await other.Index.ListAsync(Alice, "items", default).Select(v => v.Text).ToListAsync());
        await other.Writer.DeliverOwedAsync(Bob, default);
        Assert.Equal("canary", Assert.Single(await switched.Index.ListAsync(Bob, "items", default).ToListAsync()).Text);
        Assert.DoesNotContain((await other.Maintenance.CheckAsync()).Findings, f => f.Code == "owed-vector");
    }

    [Fact]
    public async Task Debts_of_a_time_with_vectors_json_that_were_written_into_the_database_are_struck_off_by_the_same_transaction()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await OweAsync(bench, Alice, "i1", "old");
        await OweAsync(bench, Alice, "i2", "gone");
        await OweAsync(bench, Bob, "i3", "canary");

        // Whoever delivers is killed before he strikes them off, and somebody writes what is newer before they are delivered again.
        await using var killed = Workbench.Open("sqlite", bench.Data);
        await killed.Index.ApplyInTurnAsync(
            Alice, async token => new VectorChanges { Upserted = [.. (await killed.Store.ListOwedVectorsAsync(Alice, 5000, token)).Select(o => o.Record!)] }, default);
        await using var other = Workbench.Open("sqlite", bench.Data);
        await CommitAsync(other, Alice, "i1", "new");
        await other.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [("items", "i2")] }, default);
        await using var last = Workbench.Open("sqlite", bench.Data);
        await last.Writer.DeliverOwedAsync(Alice, default);

        Assert.Equal(["new"], await last.Index.ListAsync(Alice, "items", default).Select(v => v.Text).ToListAsync());
        await last.Writer.DeliverOwedAsync(Bob, default);
        Assert.Equal("canary", Assert.Single(await last.Index.ListAsync(Bob, "items", default).ToListAsync()).Text);
    }

    [Fact]
    public async Task A_commit_into_the_database_settles_older_debts_of_its_records_and_no_others()
    {
        await using var bench = Workbench.Open("sqlite+json");
        var seeded = await Seed.PutAsync(bench, Bob, "canary");
        await OweAsync(bench, Alice, "i1", "old");
        await OweAsync(bench, Alice, "i2", "gone");
        await OweAsync(bench, Alice, "i3", "owed");
        await OweAsync(bench, Bob, seeded.OfFirst.Id, "words of a source that goes");

        await using var switched = Workbench.Open("sqlite", bench.Data);
        await CommitAsync(switched, Alice, "i1", "new");
        await switched.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [("items", "i2")] }, default);
        await switched.Writer.CommitAsync(Bob, new MemoryChanges { RemovedResources = [seeded.First.Id] }, default);
        Assert.Equal("i3", Assert.Single(await switched.Store.ListOwedVectorsAsync(Alice, 10, default)).Id);
        await switched.Writer.DeliverOwedAsync(Alice, default);
        await switched.Writer.DeliverOwedAsync(Bob, default);

        Assert.Equal(["new", "owed"], await switched.Index.ListAsync(Alice, "items", default).Select(v => v.Text).ToListAsync());
        Assert.Empty(await switched.Index.GetAsync(Bob, "items", [seeded.OfFirst.Id], default));
        Assert.Empty(await switched.Store.ListOwedVectorsAsync(Alice, 10, default));
        Assert.Equal(0, (await switched.Store.GetStatisticsAsync(Alice, default)).OwedVectors);
    }

    [Fact]
    public async Task Between_the_look_at_debts_and_their_delivery_into_the_database_nobody_commits()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await OweAsync(bench, Alice, "i1", "old");
        await using var switched = Workbench.Open("sqlite", bench.Data);
        await switched.Store.GetVersionAsync(Alice, default);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(bench.Data, "memu.db")};Pooling=False");
        connection.Open();
        List<int> answers = [];
        await using var slow = switched.With(OwedMeddler.Over(switched.Store, _ =>
        {
            answers.Add(raw.sqlite3_exec(connection.Handle, "BEGIN IMMEDIATE"));
            return Task.CompletedTask;
        }));

        await slow.Writer.DeliverOwedAsync(Alice, default);

        Assert.Equal([raw.SQLITE_BUSY], answers);
        Assert.Equal("old", Assert.Single(await slow.Index.ListAsync(Alice, "items", default).ToListAsync()).Text);
    }

    [Fact]
    public async Task Who_cannot_write_the_index_is_told_nothing_when_it_has_what_stands_there()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Alice, "i1", "first");
        await CommitAsync(bench, Bob, "i2", "canary");
        await using var other = Workbench.Open("sqlite+json", bench.Data);
        var file = Path.Combine(bench.Data, "vectors.json.lock");
        File.Delete(file);
        Directory.CreateDirectory(file);

        Assert.Empty((await other.Service.OpenSpace(Alice).RetrieveAsync("first")).Warnings);
        Assert.All(await other.Maintenance.GetStatisticsAsync().ToListAsync(), s => Assert.Equal(0, s.OwedVectors));

        await OweAsync(bench, Alice, "i3", "owed");
        Assert.NotEmpty((await other.Service.OpenSpace(Alice).RetrieveAsync("first")).Warnings);
        Assert.Contains(await other.Maintenance.GetStatisticsAsync().ToListAsync(), s => s.OwedVectors > 0 && s.Scope == Alice);
        Directory.Delete(file);
    }

    [Fact]
    public async Task What_is_removed_does_not_go_on_standing_there_as_delivered()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Alice, "i1", "first");
        await CommitAsync(bench, Bob, "i2", "canary");
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [("items", "i1")] }, default);

        await using var other = Workbench.Open("sqlite+json", bench.Data);
        Assert.Null(Assert.Single(await other.Store.ListOwedVectorsAsync(Alice, 10, default)).Record);
        Assert.Equal("canary", Assert.Single(await other.Store.ListOwedVectorsAsync(Bob, 10, default)).Record!.Text);
    }

    [Fact]
    public async Task The_check_reads_once_what_a_space_owes_and_tells_it_once()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Bob, "i2", "canary");
        await OweAsync(bench, Alice, "i1", "owed");
        var lists = 0;
        await using var counted = bench.With(OwedMeddler.Over(bench.Store, _ => Task.FromResult(lists++)));
        var before = lists;
        var findings = (await counted.Maintenance.CheckAsync()).Findings;

        Assert.Single(findings, f => f.Code == "owed-vector");
        Assert.Equal(2 * 3, lists - before);
    }

    [Fact]
    public async Task An_older_vector_does_not_come_over_a_newer_one_that_is_struck_off_between_two_deliveries()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await CommitAsync(bench, Bob, "b", "canary");
        await OweAsync(bench, Alice, "i1", "old");
        var vector = Changes(bench, "", "else").Vectors[0];
        await bench.Store.CommitAsync(Alice, new MemoryChanges { Vectors = [.. Enumerable.Range(2, 5000).Select(i => vector with { Id = $"i{i}" })] }, default);
        await OweAsync(bench, Alice, "i1", "new");

        // Both find all of it owed; the first has delivered it, and strikes it off while the other one has read the first thousands.
        await using var other = Workbench.Open("sqlite+json", bench.Data);
        var all = await bench.Store.ListOwedVectorsAsync(Alice, 10_000, default);
        await bench.Index.ApplyAsync(Alice, new VectorChanges { Upserted = [.. all.Select(o => o.Record!)] }, default);
        await using var slow = other.With(OwedMeddler.Over(other.Store, async listed =>
        {
            if (listed == 5_000)
            {
                await bench.Store.SettleOwedVectorsAsync(Alice, all, default);
                await bench.Store.SettleOwedVectorsAsync(Alice, [], default);
            }
        }));
        Assert.True(await slow.Writer.TryDeliverOwedAsync(Alice, default));

        Assert.Equal("new", Assert.Single(await bench.Index.GetAsync(Alice, "items", ["i1"], default)).Text);
        Assert.Equal("canary", Assert.Single(await bench.Index.GetAsync(Bob, "items", ["b"], default)).Text);
        Assert.False(await other.Store.OwesVectorsAsync(Alice, default));
    }

    private static Task OweAsync(Workbench bench, MemoryScope scope, string id, string text) => bench.Store.CommitAsync(scope, Changes(bench, id, text), default);

    private static Task CommitAsync(Workbench bench, MemoryScope scope, string id, string text) =>
        bench.Writer.CommitAsync(scope, Changes(bench, id, text), default);

    private static MemoryChanges Changes(Workbench bench, string id, string text) => new()
    {
        Vectors = [new VectorRecord { Collection = "items", Id = id, Vector = bench.Embeddings.Of(text), Text = text, Model = "test-1" }],
    };
}
