using MemU.Edit;
using MemU.Maintenance;
using MemU.Storage;
using MemU.Testing;
using MemU.Vectors;

namespace MemU.Tests.Maintenance;

/// <summary>Vectors were kept in one place, and then in the other.</summary>
public sealed class FormerVectorsTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    public static TheoryData<string, string> Switches => new() { { "sqlite+json", "sqlite" }, { "sqlite", "sqlite+json" } };

    [Theory]
    [MemberData(nameof(Switches))]
    public async Task The_check_tells_of_them_and_reindexing_takes_them_over_and_removes_them(string before, string after)
    {
        await using var home = Workbench.Open(before, isOffline: false);
        await using (var first = Workbench.Open(before, home.Data, isOffline: false))
        {
            await first.Service.OpenSpace(Alice).CreateItemAsync(new NewItem { Summary = "I keep zanzibarbees." });
            await first.Service.OpenSpace(Bob).CreateItemAsync(new NewItem { Summary = "I keep canarybirds." });
            Assert.DoesNotContain((await first.Maintenance.CheckAsync()).Findings, f => f.Code == "former-vectors");
        }

        await using var switched = Workbench.Open(after, home.Data, isOffline: false);
        var told = (await switched.Maintenance.CheckAsync()).Findings.Where(f => f.Code == "former-vectors").ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, f => Assert.Contains("memu reindex --all-spaces", f.Remedy, StringComparison.Ordinal));

        var report = await switched.Maintenance.ReindexAsync();
        Assert.Equal(0, report.Embedded);
        Assert.True(report.Reused > 0);
        Assert.DoesNotContain((await switched.Maintenance.CheckAsync()).Findings, f => f.Code is "former-vectors" or "missing-vector");
        Assert.Contains("zanzibarbees", Assert.Single(await switched.Index.ListAsync(Alice, "items", default).ToListAsync()).Text, StringComparison.Ordinal);
        await using var back = Workbench.Open(before, home.Data, isOffline: false);
        Assert.Empty(await back.Index.ListAsync(Alice, "items", default).ToListAsync());
        Assert.Empty(await back.Index.ListAsync(Bob, "items", default).ToListAsync());
    }

    [Fact]
    public async Task An_erasure_takes_those_of_the_space_along_and_no_others()
    {
        await using var home = Workbench.Open("sqlite+json");
        await using (var first = Workbench.Open("sqlite+json", home.Data))
        {
            await first.Service.OpenSpace(Alice).CreateItemAsync(new NewItem { Summary = "I keep zanzibarbees." });
            await first.Service.OpenSpace(Bob).CreateItemAsync(new NewItem { Summary = "I keep canarybirds." });
        }

        await using (var switched = Workbench.Open("sqlite", home.Data))
        {
            await switched.Maintenance.EraseAsync(Alice);
        }

        Assert.DoesNotContain(Directory.GetFiles(home.Data), f => File.ReadAllBytes(f).AsSpan().IndexOf("zanzibarbees"u8) >= 0);
        Assert.Contains("canarybirds", await File.ReadAllTextAsync(Path.Combine(home.Data, "vectors.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_of_an_erased_space_in_the_former_file_is_found_and_goes_with_its_user()
    {
        await using var home = Workbench.Open("sqlite+json");
        await using (var first = Workbench.Open("sqlite+json", home.Data))
        {
            await Seed.PutAsync(first, Alice, "zanzibarbees");
            await Seed.PutAsync(first, Bob, "canarybirds");
        }

        // As an earlier version erased: everything but what is in the file of before.
        await using var switched = Workbench.Open("sqlite", home.Data);
        using var aside = new TemporaryFolder();
        var former = Directory.GetFiles(home.Data, "vectors.json*");
        Array.ForEach(former, f => File.Move(f, aside.At(Path.GetFileName(f))));
        await switched.Maintenance.EraseAsync(Alice);
        Array.ForEach(former, f => File.Move(aside.At(Path.GetFileName(f)), f, overwrite: true));

        var trace = Assert.Single((await switched.Maintenance.CheckErasedAsync()).Findings);
        Assert.Contains("vectors.json", trace.Message, StringComparison.Ordinal);
        Assert.Contains((await switched.Maintenance.CheckAsync()).Findings, f => f.Code == "former-vectors" && f.Message.Contains("alice", StringComparison.Ordinal));
        Assert.Equal([Alice], await switched.Maintenance.ListSpacesOfAsync("alice", cancellationToken: TestContext.Current.CancellationToken));
        await switched.Maintenance.EraseUserAsync("alice", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Empty((await switched.Maintenance.CheckErasedAsync()).Findings);
        var left = await File.ReadAllTextAsync(Path.Combine(home.Data, "vectors.json"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("zanzibarbees", left, StringComparison.Ordinal);
        Assert.Contains("canarybirds", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_erasure_takes_words_along_that_only_the_journal_of_before_still_holds()
    {
        await using var home = Workbench.Open("sqlite+json");
        await using (var killed = Workbench.Open("sqlite+json", home.Data))
        {
            await killed.Writer.CommitAsync(Bob, Vector(killed, "i1", "canarybirds"), default);
            await killed.Writer.CommitAsync(Alice, Vector(killed, "i2", "zanzibarbees"), default);
            await killed.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [("items", "i2")] }, default);

            // Nobody folds the journal: the process is killed here.
            using var copy = new TemporaryFolder();
            foreach (var file in Directory.GetFiles(home.Data))
            {
                File.Copy(file, copy.At(Path.GetFileName(file)));
            }

            await using var switched = Workbench.Open("sqlite", copy.Path);
            await switched.Maintenance.EraseAsync(Alice);
            await switched.DisposeAsync();
            Assert.Empty(Directory.GetFiles(copy.Path).Where(f => File.ReadAllBytes(f).AsSpan().IndexOf("zanzibarbees"u8) >= 0).Select(Path.GetFileName));
            Assert.Contains("canarybirds", await File.ReadAllTextAsync(copy.At("vectors.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_former_file_that_cannot_be_read_stops_an_erasure_before_the_first_row_is_gone()
    {
        await using var home = Workbench.Open("sqlite+json");
        await using (var first = Workbench.Open("sqlite+json", home.Data))
        {
            await first.Service.OpenSpace(Alice).CreateItemAsync(new NewItem { Summary = "I keep zanzibarbees." });
        }

        await using var switched = Workbench.Open("sqlite", home.Data);
        await File.WriteAllTextAsync(Path.Combine(home.Data, "vectors.json"), "{ damaged", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<MemoryStoreException>(() => switched.Maintenance.EraseAsync(Alice));

        Assert.Equal(1, (await switched.Store.GetStatisticsAsync(Alice, default)).Items);
    }

    [Fact]
    public async Task Those_of_one_space_are_removed_without_rewriting_those_of_all()
    {
        await using var home = Workbench.Open("sqlite+json");
        await using (var first = Workbench.Open("sqlite+json", home.Data))
        {
            await first.Writer.CommitAsync(Alice, Vector(first, "i1", "zanzibarbees"), default);
            await first.Writer.CommitAsync(Bob, Vector(first, "i2", "canarybirds"), default);
        }

        var file = new FileInfo(Path.Combine(home.Data, "vectors.json"));
        var before = file.Length;
        await using (var index = new JsonFileVectorIndex(file.FullName))
        {
            await using var former = new FormerVectors(new Lazy<IVectorIndex>(index), "vectors.json");
            Assert.Equal(1, await former.RemoveAsync(Alice, default));
            file.Refresh();
            Assert.Equal(before, file.Length);
            Assert.Equal(1, await former.CountAsync(Bob, default));
        }

        Assert.DoesNotContain("zanzibarbees", await File.ReadAllTextAsync(file.FullName, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_takes_them_along()
    {
        await using var home = Workbench.Open("sqlite+json");
        await using (var first = Workbench.Open("sqlite+json", home.Data))
        {
            await first.Service.OpenSpace(Alice).CreateItemAsync(new NewItem { Summary = "I keep zanzibarbees." });
        }

        await using var switched = Workbench.Open("sqlite", home.Data);
        await switched.Maintenance.ResetAsync();
        Assert.False(File.Exists(Path.Combine(home.Data, "vectors.json")));
    }

    [Fact]
    public async Task Where_nothing_was_kept_elsewhere_no_file_is_made()
    {
        await using var bench = Workbench.Open("sqlite");
        await bench.Service.OpenSpace(Alice).CreateItemAsync(new NewItem { Summary = "I keep bees." });
        await bench.Maintenance.CheckAsync();
        await bench.Maintenance.ReindexAsync();
        await bench.Maintenance.EraseAsync(Alice);
        Assert.DoesNotContain(Directory.GetFiles(bench.Data), f => Path.GetFileName(f).StartsWith("vectors.json", StringComparison.Ordinal));
    }

    private static MemoryChanges Vector(Workbench bench, string id, string text) => new()
    {
        Vectors = [new VectorRecord { Collection = "items", Id = id, Vector = bench.Embeddings.Of(text), Text = text, Model = "test-1" }],
    };
}
