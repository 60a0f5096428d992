using System.Text;
using MemU.Maintenance;
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

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task A_file_that_looks_whole_but_says_something_else_at_the_second_reading_is_an_error_and_nothing_of_what_changed_is_stored(string kind)
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, Many);
        var file = (await bench.ExportAsync(Alice)).File;
        await using var to = Workbench.Open(kind);
        await Seed.PutAsync(to, Bob, "canary");
        var before = await SpaceDump.OfAsync(to, Bob);

        // As many records, each whole.
        var changed = file.AsSpan().LastIndexOf("\"Fact 11000\""u8);
        var error = await Assert.ThrowsAsync<MemUException>(() => to.ImportAsync(Alice, new ChangingStream(file, () => "\"Lie! 11000\""u8.CopyTo(file.AsSpan(changed)))));

        Assert.Contains("when it was checked", error.Message);
        Assert.Matches("line [0-9]+", error.Message);
        Assert.DoesNotContain("Nothing was imported", error.Message);
        var stored = await SpaceDump.OfAsync(to, Alice);
        Assert.InRange(stored.Count(l => l.StartsWith("item ", StringComparison.Ordinal)), 1, 11_000);
        Assert.DoesNotContain(stored, l => l.Contains("Lie!", StringComparison.Ordinal));
        Assert.Equal(before, await SpaceDump.OfAsync(to, Bob));

        // And the whole file completes it.
        "\"Fact 11000\""u8.CopyTo(file.AsSpan(changed));
        await to.ImportAsync(Alice, file);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task Lines_that_only_the_second_reading_finds_behind_the_end_are_an_error()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, 20);
        var file = (await bench.ExportAsync(Alice)).File;
        byte[] longer = [.. file, .. Enumerable.Repeat((byte)'\n', 500_000)];
        await using var to = Workbench.Open("memory");

        var error = await Assert.ThrowsAsync<MemUException>(() => to.ImportAsync(Alice, new ChangingStream(longer, () => "{}"u8.CopyTo(longer.AsSpan(longer.Length - 2)))));

        Assert.Contains("when it was checked", error.Message);
    }

    [Fact]
    public async Task Of_many_lines_that_cannot_be_stored_the_first_is_told_of()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, Many);
        var lines = Encoding.UTF8.GetString((await bench.ExportAsync(Alice)).File).Split('\n');
        await using var to = Workbench.Open("memory");

        // The chunks behind it are found to be bad sooner: they are read at once, and bad from their first line on.
        foreach (var first in new[] { 9_000, 12_345, 20_000 })
        {
            string[] bad = [.. lines[..first], .. lines[first..^2].Select(l => l.Replace("\"id\":", "\"no\":", StringComparison.Ordinal)), .. lines[^2..]];
            Assert.Contains($"line {first + 1}:", (await RefusedAsync(to, bad)).Message);

            // Whatever is wrong with a line by itself, what comes before it counts.
            bad[first - 5] = lines[0];
            Assert.Contains($"line {first - 4}: it is a second header", (await RefusedAsync(to, bad)).Message);
        }

        Assert.Empty(await SpaceDump.OfAsync(to, Alice));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("import item")]
    public async Task An_import_tells_how_far_it_is_and_can_be_cancelled_while_it_checks_and_while_it_stores(string step)
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, Many);
        var file = (await bench.ExportAsync(Alice)).File;
        await using var to = Workbench.Open("memory");
        using var cancel = new CancellationTokenSource();
        List<MaintenanceProgress> told = [];
        var progress = new Told(p =>
        {
            told.Add(p);
            if (p.Step == step && p.Done >= 5_000)
            {
                cancel.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => to.Service.OpenSpace(Alice).ImportAsync(new MemoryStream(file), progress, cancel.Token));

        Assert.Equal(told.OrderBy(p => (p.Step != "verify", p.Done)), told);
        Assert.InRange(told[^1].Done, 5_000, 2 * Many);
        Assert.Equal(step == "verify", (await SpaceDump.OfAsync(to, Alice)).Count == 0);
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
    public async Task When_storing_has_failed_what_was_wrong_with_the_lines_behind_it_is_left_to_nobody()
    {
        await using var bench = Workbench.Open("memory");
        await FillAsync(bench, Many);
        var file = (await bench.ExportAsync(Alice)).File;
        await using var to = Workbench.Open("memory");
        await using var failing = to.With(FailingStore.Over(to.Store));
        List<string> unobserved = [];
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.AddRange(e.Exception.Flatten().InnerExceptions.Select(i => i.Message));
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            // The first 500 items cannot be stored while those behind them are read, and are not what they were.
            var changed = file.AsSpan().LastIndexOf("\"Fact 950\""u8);
            await Assert.ThrowsAsync<MemoryStoreException>(() => failing.ImportAsync(Alice, new ChangingStream(file, () => file.AsSpan()[changed..].Fill((byte)'x'))));
            for (var i = 0; i < 3; i++)
            {
                // From a thread that does not stand on what has failed.
                await Task.Run(
                    () =>
                    {
                        GC.Collect();
                        GC.WaitForPendingFinalizers();
                    },
                    default);
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(unobserved, m => m.Contains("when it was checked", StringComparison.Ordinal));
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

    private static Task<MemUException> RefusedAsync(Workbench to, string[] lines) =>
        Assert.ThrowsAsync<MemUException>(() => to.ImportAsync(Alice, Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    private sealed class Told(Action<MaintenanceProgress> tell) : IProgress<MaintenanceProgress>
    {
        public void Report(MaintenanceProgress value) => tell(value);
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
