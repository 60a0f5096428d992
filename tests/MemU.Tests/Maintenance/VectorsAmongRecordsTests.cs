using System.Collections.Concurrent;
using System.Text;
using MemU.Maintenance;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>Exports have vectors right behind their records, and an import stores both at once. Where they stand elsewhere they come in all the same.</summary>
public sealed class VectorsAmongRecordsTests
{
    private const int Many = 1100;

    // As many as a batch has.
    private const int Different = 500;
    private const string VectorLine = """{"type":"vector","collection":"items",""";
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    [InlineData("sqlite+json")]
    public async Task Items_and_their_vectors_are_one_commit(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await FillAsync(bench);
        await using var to = Workbench.Open(kind);
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);
        List<(int Items, int Vectors)> stored = [];
        await using var watched = to.With(CommitWatch.Over(to.Store, c => stored.Add((c.Items.Count, c.Vectors.Count))));

        var report = await watched.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);

        Assert.Equal([(500, 500), (500, 500), (100, 100)], stored.Where(s => s.Items > 0));
        Assert.Equal((Many, Many, 0L), (report.Records["item"], report.Records["vector"], report.Unchanged));
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));
    }

    [Fact]
    public async Task A_batch_is_planned_while_the_vectors_before_it_are_delivered_and_committed_when_they_are()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await FillAsync(bench);
        await using var to = Workbench.Open("sqlite+json");
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);
        using var planned = new SemaphoreSlim(0);
        ConcurrentQueue<string> happened = [];
        var store = CommitWatch.Over(to.Store, c => happened.Enqueue($"commit {c.Vectors.Count}"), () => planned.Release());
        var deliveries = 0;
        await using var watched = to.With(store, IndexWatch.Over(
            to.Index,
            async () =>
            {
                // Three batches ask which of their items are there, and so does the dump; behind the last there is nothing to wait for.
                for (var asked = deliveries++ == 0 ? 0 : 1; asked < 2 && deliveries < 3; asked++)
                {
                    Assert.True(await planned.WaitAsync(TimeSpan.FromSeconds(30)), "The next batch waits for the delivery.");
                }
            },
            () => happened.Enqueue("delivered")));

        await watched.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);

        Assert.Equal(["commit 500", "delivered", "commit 500", "delivered", "commit 100", "delivered"], happened.SkipWhile(h => h == "commit 0"));
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));
    }

    [Fact]
    public async Task An_import_that_fails_waits_for_the_delivery_that_goes_on()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await FillAsync(bench);
        await using var to = Workbench.Open("sqlite+json");
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (committed, isOver, delivered) = (false, false, false);
        var store = CommitWatch.Over(to.Store, c => committed |= c.Vectors.Count > 0, () =>
        {
            if (committed)
            {
                failed.SetResult();
                throw new InvalidOperationException("The second batch cannot be planned.");
            }
        });
        await using var watched = to.With(store, IndexWatch.Over(
            to.Index,
            async () =>
            {
                await failed.Task;
                await Turns.PassAsync(() => Volatile.Read(ref isOver));
            },
            () => Volatile.Write(ref delivered, true)));

        var file = (await bench.ExportAsync(Alice)).File;
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => watched.ImportAsync(Alice, file));
        var wasDelivered = Volatile.Read(ref delivered);
        Volatile.Write(ref isOver, true);

        Assert.True(wasDelivered);
        Assert.Contains("second batch", error.Message, StringComparison.Ordinal);
        Assert.False(await to.Store.OwesVectorsAsync(Alice, default));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));
    }

    [Fact]
    public async Task Words_that_stand_in_two_batches_are_embedded_once_though_the_vectors_of_the_first_are_being_delivered()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await FillAsync(bench, differentFacts: Different);
        await using var to = Workbench.Open("sqlite+json", isOffline: false);
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);
        Workbench? paying = null;
        await using var watched = paying = to.With(
            to.Store, IndexWatch.Over(to.Index, () => Turns.PassAsync(() => paying!.Embeddings.Texts > Different + 1), () => { }), isOffline: false);

        await watched.ImportAsync(Alice, (await bench.ExportAsync(Alice, new ExportOptions { Vectors = false })).File);

        // And the name of their source, which had no vector.
        Assert.Equal(Different + 1, watched.Embeddings.Texts);
        Assert.Equal(
            await SpaceDump.OfAsync(bench, Alice), (await SpaceDump.OfAsync(to, Alice)).Where(l => !l.StartsWith("vector resources", StringComparison.Ordinal)));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));
    }

    [Fact]
    public async Task A_vector_that_stands_in_two_batches_is_brought_in_once_though_the_first_is_being_delivered()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await FillAsync(bench);
        var lines = await LinesAsync(bench);
        var vectors = lines.Where(l => l.StartsWith(VectorLine, StringComparison.Ordinal)).ToList();
        List<string> twice = [.. lines[..^1].Except(vectors), .. vectors[..500], .. vectors[..500], .. vectors];
        twice.Add($$"""{"type":"end","records":{{twice.Count - 1}}}""");
        await using var to = Workbench.Open("sqlite+json");
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);
        var isHeld = false;
        await using var watched = to.With(
            CommitWatch.Over(to.Store, c => Volatile.Write(ref isHeld, false)),
            IndexWatch.Over(
                to.Index,
                () =>
                {
                    Volatile.Write(ref isHeld, true);
                    return Turns.PassAsync(() => !Volatile.Read(ref isHeld));
                },
                () => { }));

        var report = await watched.ImportAsync(Alice, File([.. twice]));

        Assert.Equal(Many, report.Records["vector"]);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));
    }

    [Fact]
    public async Task Words_that_stand_in_two_batches_are_embedded_once_though_the_index_refuses_their_vectors()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await FillAsync(bench, differentFacts: Different);
        await using var to = Workbench.Open("sqlite+json", isOffline: false);
        await using var watched = to.With(
            to.Store,
            IndexWatch.Over(to.Index, () => throw new MemoryStoreException("It is full.") { Provider = to.Index.Provider, Operation = "deliver" }, () => { }),
            isOffline: false);
        var file = (await bench.ExportAsync(Alice, new ExportOptions { Vectors = false })).File;

        await watched.ImportAsync(Bob, file);
        Assert.Equal(Different + 1, watched.Embeddings.Texts);
        await watched.ImportAsync(Alice, file);

        // What Bob's space is owed is not looked at for Alice.
        Assert.Equal(2 * (Different + 1), watched.Embeddings.Texts);
        Assert.True(await to.Store.OwesVectorsAsync(Alice, default));
    }

    [Fact]
    public async Task A_delivery_that_cannot_wait_fails_the_import_though_it_is_of_the_last_batch()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await FillAsync(bench);
        await using var to = Workbench.Open("sqlite+json");
        var deliveries = 0;
        await using var watched = to.With(to.Store, IndexWatch.Over(
            to.Index, () => ++deliveries < 3 ? Task.CompletedTask : throw new InvalidOperationException("The third delivery failed."), () => { }));

        var file = (await bench.ExportAsync(Alice)).File;
        Assert.Contains("third delivery", (await Assert.ThrowsAsync<InvalidOperationException>(() => watched.ImportAsync(Alice, file))).Message, StringComparison.Ordinal);
        Assert.True(await to.Store.OwesVectorsAsync(Alice, default));

        await to.ImportAsync(Alice, file);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Theory]
    [InlineData(4000, 1, 500)]
    [InlineData(8, 13_000, 320)]
    [InlineData(8, 20_000, 210)]
    public async Task However_large_vectors_and_records_are_no_commit_has_one_without_the_other(int dimension, int letters, int most)
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, dimension, new string('x', letters));
        await using var to = Workbench.Open("memory");
        List<(int Items, int Vectors)> stored = [];
        await using var watched = to.With(CommitWatch.Over(to.Store, c => stored.Add((c.Items.Count, c.Vectors.Count))));

        await watched.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);

        Assert.All(stored, s => Assert.Equal(s.Items, s.Vectors));
        Assert.Equal(Many, stored.Sum(s => s.Items));
        Assert.InRange(stored.Max(s => s.Items), most - 10, most);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task Vectors_that_stand_at_the_end_come_in_too()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench);
        var lines = await LinesAsync(bench);
        string[] earlier = [.. lines[..^1].Where(l => !l.StartsWith(VectorLine, StringComparison.Ordinal)), .. lines.Where(l => l.StartsWith(VectorLine, StringComparison.Ordinal)), lines[^1]];
        Assert.NotEqual(lines, earlier);
        await using var to = Workbench.Open("memory");

        Assert.Empty((await to.ImportAsync(Alice, File(earlier))).Warnings);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task A_vector_of_other_words_than_its_record_says_is_left_out_though_both_come_together()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench);
        var lines = await LinesAsync(bench);
        var changed = lines.Select(l => l.StartsWith(VectorLine, StringComparison.Ordinal) ? l.Replace("\"Fact 7\"", "\"Something else\"", StringComparison.Ordinal) : l).ToArray();
        Assert.NotEqual(lines, changed);
        await using var to = Workbench.Open("memory");

        Assert.Equal(Many - 1, (await to.ImportAsync(Alice, File(changed))).Records["vector"]);
    }

    [Fact]
    public async Task An_item_that_stands_in_the_file_twice_is_the_later_one_with_its_vector()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench);
        var lines = (await LinesAsync(bench)).ToList();
        var first = lines.FindIndex(l => l.StartsWith("""{"type":"item""", StringComparison.Ordinal));
        lines.Insert(first, lines[first].Replace("\"Fact 0\"", "\"Something else\"", StringComparison.Ordinal));
        lines[^1] = $$"""{"type":"end","records":{{lines.Count - 2}}}""";
        await using var to = Workbench.Open("memory");

        await to.ImportAsync(Alice, File([.. lines]));

        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task What_was_stored_without_its_vectors_gets_them_from_the_same_file()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench);
        var lines = await LinesAsync(bench);
        string[] without = [.. lines.Where(l => !l.StartsWith(VectorLine, StringComparison.Ordinal))];
        without[^1] = $$"""{"type":"end","records":{{without.Length - 2}}}""";
        await using var to = Workbench.Open("memory");
        await to.ImportAsync(Alice, File(without));

        var report = await to.ImportAsync(Alice, File(lines));

        Assert.Equal((0L, (long)Many), (report.Records.GetValueOrDefault("item"), report.Records["vector"]));
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    private static async Task<string[]> LinesAsync(Workbench bench) =>
        Encoding.UTF8.GetString((await bench.ExportAsync(Alice)).File).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] File(string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines));

    private static async Task FillAsync(Workbench bench, int dimension = 0, string more = "", int differentFacts = Many)
    {
        var now = bench.Clock.GetUtcNow();
        var resource = new Resource { Scope = Alice, Id = bench.Ids.Next(), Url = "test:many", Modality = Modality.Document, LocalPath = "", CreatedAt = now };
        MemoryItem[] items =
        [
            .. Enumerable.Range(0, Many).Select(n => new MemoryItem
            {
                Scope = Alice, Id = bench.Ids.Next(), ResourceId = resource.Id, MemoryType = MemoryTypes.Knowledge, Summary = $"Fact {n % differentFacts}{more}", CreatedAt = now,
            }),
        ];
        VectorRecord[] vectors =
        [
            .. items.Select(i => new VectorRecord
            {
                Collection = VectorCollections.Items, Id = i.Id, Vector = dimension == 0 ? bench.Embeddings.Of(i.Summary) : Enumerable.Repeat(1f, dimension).ToArray(), Text = i.Summary, Model = "test-1",
            }),
        ];
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(resource)], Items = items, Vectors = vectors }, default);
    }
}
