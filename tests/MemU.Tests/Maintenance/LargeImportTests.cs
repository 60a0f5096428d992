using System.Text;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

/// <summary>Imports of several batches: one is read while another is stored.</summary>
public sealed class LargeImportTests
{
    private const int Many = 12_000;
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    [Fact]
    public async Task Every_record_of_every_batch_comes_in_and_no_other_space_changes()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, Many);
        await using var to = Workbench.Open("memory");
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);

        var report = await to.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);

        Assert.Equal((Many, Many), (report.Records["item"], report.Records["vector"]));
        Assert.Empty(report.Warnings);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));
    }

    [Fact]
    public async Task Damage_that_only_the_second_reading_meets_is_an_error_by_its_line()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, 20);
        var file = (await bench.ExportAsync(Alice)).File;
        await using var to = Workbench.Open("memory");

        // Another program writes over the file between its check and its storing.
        var error = await Assert.ThrowsAsync<MemUException>(() => to.ImportAsync(Alice, new ChangingStream(file, () => file.AsSpan()[(file.Length / 2)..].Fill((byte)'x'))));

        Assert.Matches("line [0-9]+", error.Message);
        Assert.DoesNotContain("Nothing was imported", error.Message);
    }

    [Fact]
    public async Task Lines_that_only_the_second_reading_misses_are_an_error()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, 20);
        var file = (await bench.ExportAsync(Alice)).File;
        var half = file.AsSpan()[..(file.Length / 2)].LastIndexOf((byte)'\n');
        await using var to = Workbench.Open("memory");

        var error = await Assert.ThrowsAsync<MemUException>(() => to.ImportAsync(Alice, new ChangingStream(file, () => file.AsSpan()[half..].Fill((byte)' '))));

        Assert.Contains("when it was checked", error.Message);
    }

    [Fact]
    public async Task Bytes_whose_source_only_the_second_reading_misses_are_an_error_by_their_line()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "hello");
        var file = (await bench.ExportAsync(Alice)).File;
        var source = file.AsSpan().IndexOf("{\"type\":\"resource\""u8);
        var length = file.AsSpan()[source..].IndexOf((byte)'\n');
        await using var to = Workbench.Open("memory");

        var error = await Assert.ThrowsAsync<MemUException>(() => to.ImportAsync(Alice, new ChangingStream(file, () => file.AsSpan(source, length).Fill((byte)' '))));

        Assert.Matches("line [0-9]+", error.Message);
    }

    [Fact]
    public async Task Nothing_reads_the_file_any_more_when_storing_has_failed()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, Many);
        var file = new ChangingStream((await bench.ExportAsync(Alice)).File, () => { });
        await using var to = Workbench.Open("memory");
        await using var failing = to.With(FailingStore.Over(to.Store));

        await Assert.ThrowsAsync<MemoryStoreException>(() => failing.ImportAsync(Alice, file));
        var reads = file.Reads;
        file.Dispose();

        Assert.True(reads > 0);
        Assert.Equal(reads, file.Reads);
        Assert.False(file.WasReadAfterDispose);
    }

    [Fact]
    public async Task Of_sources_that_hold_a_note_open_while_they_are_stored_five_hundred_are_stored_at_once()
    {
        await using var bench = Workbench.Open("memory");
        ResourceWrite[] sources =
        [
            .. Enumerable.Range(0, 1_100).Select(n => new ResourceWrite(new Resource
            {
                Scope = Alice, Id = bench.Ids.Next(), Url = $"test:{n}", Modality = Modality.Document, LocalPath = "", CreatedAt = bench.Clock.GetUtcNow(),
            })),
        ];
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = sources }, default);
        await using var to = Workbench.Open("memory");
        List<int> stored = [];
        await using var watched = to.With(CommitWatch.Over(to.Store, changes => stored.Add(changes.Resources.Count)));

        await watched.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);

        Assert.Equal([500, 500, 100], stored);
    }

    [Theory]
    [InlineData("\\/")]
    [InlineData("\\u002f")]
    public async Task Vectors_whose_base64_is_escaped_come_in_to_the_bit(string slash)
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, 200);
        var file = Encoding.UTF8.GetString((await bench.ExportAsync(Alice)).File);
        var escaped = string.Join('\n', file.Split('\n').Select(l => l.StartsWith("""{"type":"vector""", StringComparison.Ordinal) ? l.Replace("/", slash, StringComparison.Ordinal) : l));
        Assert.NotEqual(file, escaped);

        await using var to = Workbench.Open("memory");
        await to.ImportAsync(Alice, Encoding.UTF8.GetBytes(escaped));

        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    private static async Task FillAsync(Workbench bench, int count)
    {
        var now = bench.Clock.GetUtcNow();
        var resource = new Resource { Scope = Alice, Id = bench.Ids.Next(), Url = "test:many", Modality = Modality.Document, LocalPath = "", CreatedAt = now };
        MemoryItem[] items =
        [
            .. Enumerable.Range(0, count).Select(n => new MemoryItem
            {
                Scope = Alice, Id = bench.Ids.Next(), ResourceId = resource.Id, MemoryType = MemoryTypes.Knowledge, Summary = $"Fact {n}", CreatedAt = now,
            }),
        ];
        VectorRecord[] vectors =
        [
            .. items.Select(i => new VectorRecord
            {
                Collection = VectorCollections.Items, Id = i.Id, Vector = bench.Embeddings.Of(i.Summary), Text = i.Summary, Model = "test-1",
            }),
        ];
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(resource)], Items = items, Vectors = vectors }, default);
    }
}
