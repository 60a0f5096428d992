using MemU.Storage;

namespace MemU.Tests.Maintenance;

public sealed class DoctorTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    public static TheoryData<string> Kinds => Workbench.Kinds;

    private static async Task<Finding> OnlyFinding(Workbench bench)
    {
        var report = await bench.Maintenance.CheckAsync();
        var finding = Assert.Single(report.Findings);
        Assert.Equal(finding.Severity == FindingSeverity.Info, report.IsHealthy);
        Assert.Contains("user 'alice'", finding.Message);
        Assert.DoesNotContain("likes", finding.Message + finding.Remedy);
        return finding;
    }

    private static async Task<Seeded> SeedBoth(Workbench bench)
    {
        await Seed.PutAsync(bench, Bob, "bob");
        return await Seed.PutAsync(bench, Alice, "alice");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Sound_data_has_no_findings_and_is_not_touched(string kind)
    {
        await using var bench = Workbench.Open(kind, isOffline: false);
        await SeedBoth(bench);
        var before = (await SpaceDump.OfAsync(bench, Alice)).Concat(await SpaceDump.OfAsync(bench, Bob)).ToList();
        var texts = bench.Embeddings.Texts;
        var report = await bench.Maintenance.CheckAsync();
        Assert.Empty(report.Findings);
        Assert.Contains("2 space(s): 20 vector(s) and 4 kept file(s) compared with the records.", report.Checks);
        Assert.Equal(before, (await SpaceDump.OfAsync(bench, Alice)).Concat(await SpaceDump.OfAsync(bench, Bob)));
        Assert.Equal(texts, bench.Embeddings.Texts);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nothing_at_all_is_sound(string kind)
    {
        await using var bench = Workbench.Open(kind);
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
        Assert.Empty(await bench.Maintenance.ListSpacesAsync().ToListAsync());
    }

    [Theory]
    [InlineData("memory", "items")]
    [InlineData("sqlite", "items")]
    [InlineData("memory", "resources")]
    [InlineData("memory", "categories")]
    [InlineData("memory", "category_summaries")]
    [InlineData("memory", "passages")]
    public async Task A_missing_vector_is_found_and_reindex_mends_it(string kind, string collection)
    {
        await using var bench = Workbench.Open(kind, isOffline: false);
        var seeded = await SeedBoth(bench);
        var id = collection switch
        {
            "items" => seeded.Shared.Id,
            "resources" => seeded.First.Id,
            "passages" => seeded.Shared.PassageIds[0],
            _ => seeded.Page.Id,
        };
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [(collection, id)] }, default);
        var finding = await OnlyFinding(bench);
        Assert.Equal((FindingSeverity.Warning, "missing-vector"), (finding.Severity, finding.Code));
        Assert.Contains($"1 entries of '{collection}' are missing in the vector index ({id})", finding.Message);
        Assert.Contains("`memu reindex --all-spaces`", finding.Remedy);
        await bench.Maintenance.ReindexAsync();
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_vector_that_stands_for_nothing_is_found_and_reindex_mends_it(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var orphan = new VectorRecord { Collection = "items", Id = bench.Ids.Next(), Vector = bench.Embeddings.Of("gone"), Text = "gone", Model = "test-1" };
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Vectors = [orphan] }, default);
        Assert.Equal("orphan-vector", (await OnlyFinding(bench)).Code);
        await bench.Maintenance.ReindexAsync();
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
    }

    [Fact]
    public async Task A_vector_of_another_length_is_found_and_reindex_mends_it()
    {
        await using var bench = Workbench.Open("memory", isOffline: false);
        var seeded = await SeedBoth(bench);
        await bench.Writer.CommitAsync(
            Alice,
            new MemoryChanges { Vectors = [new VectorRecord { Collection = "items", Id = seeded.Shared.Id, Vector = new float[] { 1, 2, 3 }, Text = null, Model = null }] },
            default);
        var finding = await OnlyFinding(bench);
        Assert.Equal("other-dimension", finding.Code);
        Assert.Contains("1 vectors have 3 dimensions and cannot be compared with those of 8", finding.Message);
        await bench.Maintenance.ReindexAsync();
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_found_and_reindex_mends_them()
    {
        await using var bench = Workbench.Open("memory", model: "test-1");
        await SeedBoth(bench);
        await using var other = Workbench.Open("memory", model: "test-2");
        await other.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);
        var report = await other.Maintenance.CheckAsync();
        Assert.Equal(["other-model", "other-model", "other-model", "other-model"], report.Findings.Select(f => f.Code));
        Assert.All(report.Findings, f => Assert.Contains("'test-1' and cannot be compared with 'test-2'", f.Message));
        await other.Maintenance.ReindexAsync();
        Assert.Empty((await other.Maintenance.CheckAsync()).Findings);
    }

    [Fact]
    public async Task A_vector_of_words_that_have_changed_is_found()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await SeedBoth(bench);
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Items = [seeded.OfFirst with { Summary = "alice moved to Rome" }] }, default);
        Assert.Equal("stale-vector", (await OnlyFinding(bench)).Code);
    }

    [Fact]
    public async Task Vectors_that_have_not_reached_the_index_are_found_and_reindex_delivers_them()
    {
        await using var bench = Workbench.Open("memory", configure: Workbench.Owing);
        await SeedBoth(bench);
        var orphan = new VectorRecord { Collection = "items", Id = bench.Ids.Next(), Vector = bench.Embeddings.Of("x"), Text = "x", Model = "test-1" };
        await bench.Store.CommitAsync(Alice, new MemoryChanges { Vectors = [orphan] }, default);
        var finding = await OnlyFinding(bench);
        Assert.Equal("owed-vector", finding.Code);
        Assert.Contains(": 1 vectors", finding.Message);
        Assert.Equal(1, (await bench.Maintenance.ReindexAsync()).Delivered);
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lost_bytes_are_an_error(string kind)
    {
        await using var bench = Workbench.Open(kind);
        var seeded = await SeedBoth(bench);
        await bench.Blobs.DeleteAsync(Alice, seeded.First.LocalPath, default);
        var finding = await OnlyFinding(bench);
        Assert.Equal((FindingSeverity.Error, "missing-blob"), (finding.Severity, finding.Code));
        Assert.Contains(seeded.First.Id, finding.Message);
        Assert.Contains("memu restore", finding.Remedy);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Bytes_of_no_source_are_found(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var blob = await bench.Blobs.PutAsync(Alice, "stray"u8.ToArray(), "stray.txt", default);
        var finding = await OnlyFinding(bench);
        Assert.Equal((FindingSeverity.Warning, "orphan-blob"), (finding.Severity, finding.Code));
        Assert.Contains(blob.Key, finding.Message);
    }

    [Fact]
    public async Task A_path_of_the_python_code_is_worth_knowing_but_not_wrong()
    {
        await using var bench = Workbench.Open("memory");
        await SeedBoth(bench);
        var python = new Resource
        {
            Scope = Alice, Id = "py-1", Url = "old.txt", Modality = Modality.Text, LocalPath = "data/resources/old.txt", CreatedAt = bench.Clock.GetUtcNow(),
        };
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(python)] }, default);
        var finding = await OnlyFinding(bench);
        Assert.Equal((FindingSeverity.Info, "python-path"), (finding.Severity, finding.Code));
    }

    [Fact]
    public async Task Many_defects_of_one_kind_are_one_finding()
    {
        await using var bench = Workbench.Open("memory");
        await SeedBoth(bench);
        for (var i = 0; i < 20; i++)
        {
            await bench.Blobs.PutAsync(Alice, BitConverter.GetBytes(i), null, default);
        }

        var finding = await OnlyFinding(bench);
        Assert.Contains("20 kept files", finding.Message);
        Assert.True(finding.Message.Length < 600);
    }

    [Fact]
    public async Task A_space_that_changes_while_it_is_checked_is_checked_again()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await SeedBoth(bench);
        var vector = Assert.Single(await bench.Index.GetAsync(Alice, "items", [seeded.Shared.Id], default));
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [("items", vector.Id)] }, default);

        // Categories are looked at after the items: by then the vector was found missing.
        var meddling = ReadingMeddler.Over(
            bench.Store, nameof(IMemoryStore.ListCategoriesAsync), () => bench.Writer.CommitAsync(Alice, new MemoryChanges { Vectors = [vector] }, default));
        await using var checking = bench.With(meddling);
        Assert.Empty((await checking.Maintenance.CheckAsync()).Findings);
    }

    [Fact]
    public async Task The_worst_comes_first()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await SeedBoth(bench);
        await bench.Blobs.PutAsync(Alice, "stray"u8.ToArray(), null, default);
        await bench.Blobs.DeleteAsync(Alice, seeded.First.LocalPath, default);
        Assert.Equal(["missing-blob", "orphan-blob"], (await bench.Maintenance.CheckAsync()).Findings.Select(f => f.Code));
    }
}
