using MemU.Maintenance;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Data.Sqlite;

namespace MemU.Tests.Maintenance;

public sealed class ReindexTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    public static TheoryData<string> Kinds => Workbench.Kinds;

    private static Task<ReindexReport> Reindex(Workbench bench, bool all = false, bool anew = false) =>
        bench.Reindexer.RunAsync(Alice, new ReindexOptions { All = all, Anew = anew }, null, default);

    private static Task Drop(Workbench bench, MemoryScope scope, params (string Collection, string Id)[] vectors) =>
        bench.Writer.CommitAsync(scope, new MemoryChanges { RemovedVectors = vectors }, default);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_space_whose_vectors_are_right_is_left_alone(string kind)
    {
        await using var bench = Workbench.Open(kind, isOffline: false);
        await Seed.PutAsync(bench, Alice, "alice");
        var before = await SpaceDump.OfAsync(bench, Alice);
        var report = await Reindex(bench);
        Assert.Equal((0, 0, 10, 0), (report.Delivered, report.Embedded, report.Kept, report.Removed));
        Assert.Equal(before, await SpaceDump.OfAsync(bench, Alice));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Lost_vectors_of_every_collection_come_back(string kind)
    {
        await using var bench = Workbench.Open(kind, isOffline: false);
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var before = await SpaceDump.OfAsync(bench, Alice);
        await Drop(
            bench, Alice, ("resources", seeded.Second.Id), ("items", seeded.Shared.Id), ("categories", seeded.Bare.Id), ("category_summaries", seeded.Page.Id),
            ("passages", seeded.Shared.PassageIds[0]));
        Assert.Equal(before.Count - 5, (await SpaceDump.OfAsync(bench, Alice)).Count);
        var report = await Reindex(bench);
        Assert.Equal((5, 5, 0), (report.Embedded + report.Reused, report.Kept, report.Removed));
        Assert.Equal(before, await SpaceDump.OfAsync(bench, Alice));
    }

    [Theory]
    [InlineData("sqlite", "UPDATE loose_vectors SET vector = x'0000'")]
    [InlineData("sqlite", "UPDATE vector_blocks SET vectors = x'0000'")]
    [InlineData("encrypted", "UPDATE loose_vectors SET vector = zeroblob(length(vector))")]
    [InlineData("encrypted", "UPDATE loose_vectors SET text = text || 'x'")]
    public async Task Damaged_vectors_are_embedded_anew(string kind, string damage)
    {
        await using var bench = Workbench.Open(kind, isOffline: false, configure: m => m.UseSqliteVectors());
        await Seed.PutAsync(bench, Alice, "alice");
        var before = await SpaceDump.OfAsync(bench, Alice);
        var many = Enumerable.Range(0, 60).Select(i => new VectorRecord { Collection = VectorCollections.Items, Id = $"stray {i}", Vector = new float[8], Model = "m" });
        await bench.Index.ApplyAsync(Alice, new VectorChanges { Upserted = [.. many] }, default);
        await DamageAsync(bench, damage);

        await Reindex(bench, all: true);

        Assert.Equal(before, await SpaceDump.OfAsync(bench, Alice));
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
    }

    [Fact]
    public async Task A_damaged_vector_that_is_owed_too_does_not_stop_a_reindex()
    {
        await using var former = Workbench.Open("sqlite+json", isOffline: false);
        var seeded = await Seed.PutAsync(former, Alice, "alice");
        await using var bench = Workbench.Open("sqlite", former.Data, isOffline: false);
        await Reindex(bench, all: true);
        var before = await SpaceDump.OfAsync(bench, Alice);
        var vectors = await bench.Index.GetAsync(Alice, "items", [seeded.Shared.Id], default);
        await former.Store.CommitAsync(Alice, new MemoryChanges { Vectors = vectors }, default);
        await DamageAsync(bench, "UPDATE loose_vectors SET vector = x'0000'");

        await Reindex(bench, all: true);

        Assert.Equal(before, await SpaceDump.OfAsync(bench, Alice));
    }

    [Fact]
    public async Task Offline_passages_get_no_vectors()
    {
        await using var bench = Workbench.Open("memory", isOffline: true);
        await Seed.PutAsync(bench, Alice, "alice");
        var report = await Reindex(bench, anew: true);
        Assert.Equal((7, 0), (report.Embedded, report.Kept));
        Assert.Equal(0, await bench.Index.ListAsync(Alice, "passages", default).CountAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Vectors_of_what_is_gone_are_removed_in_this_space_only(string kind)
    {
        await using var bench = Workbench.Open(kind);
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var orphan = new VectorRecord { Collection = "items", Id = bench.Ids.Next(), Vector = bench.Embeddings.Of("gone"), Text = "gone", Model = "test-1" };
        var bobs = orphan with { Id = bench.Ids.Next(), Text = "canary" };
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Vectors = [orphan, orphan with { Collection = "category_summaries", Id = seeded.Bare.Id }] }, default);
        await bench.Writer.CommitAsync(Bob, new MemoryChanges { Vectors = [bobs] }, default);
        Assert.Equal(2, (await Reindex(bench)).Removed);
        Assert.Empty(await bench.Index.GetAsync(Alice, "items", [orphan.Id], default));
        Assert.Single(await bench.Index.GetAsync(Bob, "items", [bobs.Id], default));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_model_and_another_dimension_are_embedded_anew(string kind)
    {
        await using var bench = Workbench.Open(kind, model: "test-1", dimension: 8);
        await Seed.PutAsync(bench, Alice, "alice");
        await using var other = Workbench.Open("memory", model: "test-2", dimension: 12);
        await other.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);
        Assert.Equal((7, 0), ((await Reindex(other)).Embedded, (await Reindex(other)).Embedded));
        await foreach (var vector in other.Index.ListAsync(Alice, "items", default))
        {
            Assert.Equal(("test-2", 12), (vector.Model, vector.Vector.Length));
        }
    }

    [Fact]
    public async Task A_vector_that_names_no_model_is_kept_when_its_length_fits()
    {
        await using var bench = Workbench.Open("memory", dimension: 8);
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        VectorRecord Python(string id, int length) => new() { Collection = "items", Id = id, Vector = Enumerable.Repeat(1f, length).ToArray(), Text = null };
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Vectors = [Python(seeded.Shared.Id, 8), Python(seeded.OfFirst.Id, 9)] }, default);
        var report = await Reindex(bench);
        Assert.Equal((1, 6), (report.Embedded, report.Kept));
        Assert.Null(Assert.Single(await bench.Index.GetAsync(Alice, "items", [seeded.Shared.Id], default)).Model);
    }

    [Fact]
    public async Task A_vector_of_words_that_have_changed_is_made_anew()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Items = [seeded.OfFirst with { Summary = "alice moved to Rome" }] }, default);
        Assert.Equal(1, (await Reindex(bench)).Embedded);
        Assert.Equal("alice moved to Rome", Assert.Single(await bench.Index.GetAsync(Alice, "items", [seeded.OfFirst.Id], default)).Text);
    }

    [Fact]
    public async Task What_is_deleted_while_it_is_embedded_gets_no_vector()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        await Drop(bench, Alice, ("items", seeded.Shared.Id));
        bench.Embeddings.Embedding = text => text.Contains("likes tea") ? bench.Editor.DeleteItemAsync(Alice, seeded.Shared.Id, default) : Task.CompletedTask;
        Assert.Equal(0, (await Reindex(bench)).Embedded);
        Assert.Empty(await bench.Index.GetAsync(Alice, "items", [seeded.Shared.Id], default));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task All_spaces_are_reindexed_and_the_cost_is_told(string kind)
    {
        await using var bench = Workbench.Open(kind, isOffline: false);
        await Seed.PutAsync(bench, Alice, "alice");
        var bobs = await Seed.PutAsync(bench, Bob, "bob");
        await bench.Writer.CommitAsync(Bob, new MemoryChanges { Items = [bobs.OfFirst with { Summary = "bob moved to Rome" }] }, default);
        var report = await bench.Maintenance.ReindexAsync();
        Assert.Equal((1, 19), (report.Embedded, report.Kept));
        Assert.Equal(1, report.Usage.EmbeddingCalls); // the one text; the length of the vectors is known from the seeding
    }

    [Fact]
    public async Task A_reindex_reports_its_progress()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var progress = new Recorder();
        await bench.Reindexer.RunAsync(Alice, new ReindexOptions(), progress, default);
        Assert.Contains(new MaintenanceProgress("reindex items", 2, 2), progress.Reports);
    }

    private static async Task DamageAsync(Workbench bench, string damage)
    {
        await using var file = new SqliteConnection($"Data Source={Path.Combine(bench.Data, "memu.db")};Pooling=False");
        await file.OpenAsync();
        await using var command = file.CreateCommand();
        command.CommandText = damage;
        await command.ExecuteNonQueryAsync();
    }
}
