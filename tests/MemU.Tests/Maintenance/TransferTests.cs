using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using MemU.Edit;
using MemU.Maintenance;
using MemU.Storage;

namespace MemU.Tests.Maintenance;

public sealed partial class TransferTests
{
    private static readonly MemoryScope Alice = new("alice", "assistant", "acme");
    private static readonly MemoryScope Bob = new("bob");

    public static TheoryData<string> Kinds => Workbench.Kinds;

    [System.Text.RegularExpressions.GeneratedRegex("(?<=[0-9a-f]{32}/|file_name\":\")[0-9a-f]{64}")]
    private static partial System.Text.RegularExpressions.Regex BlobName();

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] File(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_space_comes_back_in_another_data_folder_as_it_was(string kind)
    {
        await using var from = Workbench.Open(kind, isOffline: false);
        await Seed.PutAsync(from, Alice, "alice");
        await from.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Alice keeps bees", HappenedAt = from.Clock.GetUtcNow() }, default);
        var before = await SpaceDump.OfAsync(from, Alice);

        await using var to = Workbench.Open(kind, isOffline: false);
        var (file, exported) = await from.ExportAsync(Alice);
        var imported = await to.ImportAsync(Alice, file);
        Assert.Equal(Named(before), Named(await SpaceDump.OfAsync(to, Alice)));
        Assert.Equal(exported.Records.OrderBy(r => r.Key), imported.Records.OrderBy(r => r.Key));
        Assert.Empty(exported.Warnings.Concat(imported.Warnings));
        Assert.Equal(0, to.Embeddings.Texts);
        Assert.Equal(Named(Lines(file)[1..]), Named(Lines((await to.ExportAsync(Alice)).File)[1..]));

        // Encrypted bytes have a name that follows from the key of the space, which is another in each data folder.
        IEnumerable<string> Named(IEnumerable<string> lines) => kind == "encrypted" ? lines.Select(l => BlobName().Replace(l, "blob")) : lines;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Importing_twice_adds_nothing(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice);
        await using var to = Workbench.Open(kind);
        await to.ImportAsync(Alice, file);
        var (before, revision) = (await SpaceDump.OfAsync(to, Alice), (await to.Store.GetVersionAsync(Alice, default)).Revision);
        var again = await to.ImportAsync(Alice, file);
        Assert.Equal(before, await SpaceDump.OfAsync(to, Alice));
        Assert.Equal(revision, (await to.Store.GetVersionAsync(Alice, default)).Revision);
        Assert.All(again.Records.Values, n => Assert.Equal(0, n));
        Assert.Equal(Lines(file).Count(l => !l.Contains("\"blob\"")) - 2, again.Unchanged);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_same_file_for_another_user_gets_ids_of_its_own_and_again_adds_nothing(string kind)
    {
        await using var bench = Workbench.Open(kind);
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var alices = await SpaceDump.OfAsync(bench, Alice);
        var (file, _) = await bench.ExportAsync(Alice);
        var first = await bench.ImportAsync(Bob, file);
        var bobs = await SpaceDump.OfAsync(bench, Bob);
        var second = await bench.ImportAsync(Bob, file);

        Assert.Equal(alices, await SpaceDump.OfAsync(bench, Alice));
        Assert.Equal(bobs, await SpaceDump.OfAsync(bench, Bob));
        Assert.Equal(alices.Count, bobs.Count);
        Assert.Empty(first.Warnings.Concat(second.Warnings));
        Assert.All(second.Records.Values, n => Assert.Equal(0, n));
        foreach (var id in (string[])[seeded.First.Id, seeded.Shared.Id, seeded.Page.Id, seeded.Shared.PassageIds[0], Alice.Key])
        {
            Assert.DoesNotContain(bobs, line => line.Contains(id));
        }

        // The links lead to the same words, and the order is kept.
        var item = (await bench.Store.ListItemsAsync(Bob, ItemFilter.All, PageRequest.First, default)).Items[^1];
        Assert.Equal(seeded.Shared.Summary, item.Summary);
        Assert.Equal([item.Summary, item.Summary], (await bench.Store.GetPassagesAsync(Bob, item.PassageIds, default)).Select(p => p.Text));
        Assert.Equal(seeded.Page.Name, Assert.Single(await bench.Store.GetCategoriesAsync(Bob, [Assert.Single(await bench.Store.GetLinksAsync(Bob, [item.Id], default)).CategoryId], default)).Name);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_other_space_is_ever_in_an_export_or_touched_by_an_import(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "alice");
        MemoryScope[] others = [Bob, Alice with { Agent = "other" }, Alice with { Tenant = "other" }, Alice with { User = "Alice" }];
        foreach (var other in others)
        {
            await Seed.PutAsync(bench, other, "canary");
        }

        var before = await Task.WhenAll(others.Select(o => SpaceDump.OfAsync(bench, o)));
        var (file, _) = await bench.ExportAsync(Alice);
        Assert.DoesNotContain("canary", Encoding.UTF8.GetString(file));
        await bench.ImportAsync(new MemoryScope("carol"), file);
        Assert.Equal(before, await Task.WhenAll(others.Select(o => SpaceDump.OfAsync(bench, o))));
    }

    [Fact]
    public async Task Every_line_is_json_with_a_type_between_a_header_and_an_end()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var (file, report) = await bench.ExportAsync(Alice);
        var lines = Lines(file).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        Assert.Equal(
            """{"type":"header","format":"memu-export","version":2,"tenant_id":"acme","user_id":"alice","agent_id":"assistant","exported_at":1772600767,"content":true,"vectors":true}""",
            Lines(file)[0]);
        Assert.Equal($$"""{"type":"end","records":{{lines.Count - 2}}}""", Lines(file)[^1]);
        foreach (var (type, count) in report.Records)
        {
            Assert.Equal(count, lines.Count(l => (string)l["type"]! == type));
        }

        Assert.Equal(["resource", "blob", "resource", "blob", "passage", "passage", "passage", "category", "category", "item"], lines.Skip(1).Take(10).Select(l => (string)l["type"]!));
    }

    [Fact]
    public async Task Vectors_that_the_first_version_wrote_as_lists_of_numbers_come_in_to_the_bit()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var lines = Lines((await bench.ExportAsync(Alice)).File).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        lines[0]["version"] = 1;
        foreach (var vector in lines.Where(l => (string)l["type"]! == "vector"))
        {
            var floats = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String((string)vector["vector"]!)).ToArray();
            vector["vector"] = new JsonArray([.. floats.Select(f => (JsonNode)f)]);
        }

        await using var to = Workbench.Open("memory");
        await to.ImportAsync(Alice, Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(l => l.ToJsonString()))));

        Assert.Contains(lines, l => (string)l["type"]! == "vector");
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task Large_bytes_are_cut_into_short_lines_and_put_together_again()
    {
        await using var bench = Workbench.Open("memory");
        var content = string.Concat(Enumerable.Range(0, 400_000).Select(n => $"{n} "));
        var resource = await Seed.SourceAsync(bench, Alice, "/big.txt", Modality.Text, "Big", content, bench.Clock.GetUtcNow());
        await bench.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(resource)] }, default);
        var (file, report) = await bench.ExportAsync(Alice);
        Assert.Equal(1, report.Records["blob"]);
        Assert.True(Lines(file).Count(l => l.StartsWith("""{"type":"blob""")) > 3);
        Assert.All(Lines(file), l => Assert.True(l.Length < 1_000_000));

        await using var to = Workbench.Open("memory");
        await to.ImportAsync(Alice, file);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task Without_vectors_the_import_embeds_anew()
    {
        await using var bench = Workbench.Open("memory", isOffline: false);
        await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice, new ExportOptions { Vectors = false });
        Assert.DoesNotContain("\"vector\"", Encoding.UTF8.GetString(file));
        await using var to = Workbench.Open("memory", isOffline: false);
        await to.ImportAsync(Alice, file);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task Without_content_the_sources_come_without_bytes_and_the_bytes_can_follow()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        await using var to = Workbench.Open("memory");
        var report = await to.ImportAsync(Alice, (await bench.ExportAsync(Alice, new ExportOptions { Content = false })).File);
        Assert.Contains(report.Warnings, w => w.Contains("without the bytes"));
        Assert.Equal("", Assert.Single(await to.Store.GetResourcesAsync(Alice, [seeded.First.Id], default)).LocalPath);

        var full = await to.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);
        Assert.Equal(2, full.Records["blob"]);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task A_source_that_is_known_with_other_content_stays_and_is_named()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice);
        await using var to = Workbench.Open("memory");
        var newer = await Seed.SourceAsync(to, Alice, seeded.First.Url, Modality.Conversation, "Newer", "user: alice moved to Rome", to.Clock.GetUtcNow());
        await to.Writer.CommitAsync(Alice, new MemoryChanges { Resources = [new ResourceWrite(newer)] }, default);

        var report = await to.ImportAsync(Alice, file);
        Assert.Contains(newer.Id, Assert.Single(report.Warnings));
        Assert.Equal("Newer", (await to.Store.GetResourceByUrlAsync(Alice, seeded.First.Url, default))!.Caption);
        Assert.Empty(await to.Store.GetItemsAsync(Alice, [seeded.OfFirst.Id], default));
        Assert.Equal(1, report.Records["resource"]);
        Assert.Equal(1, report.Records["passage"]);
        var again = await to.ImportAsync(Alice, file);
        Assert.All(again.Records.Values, n => Assert.Equal(0, n));
    }

    [Fact]
    public async Task A_source_that_was_memorized_here_from_the_same_bytes_is_left_as_it_is()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice);
        await using var to = Workbench.Open("memory");
        to.Clock.Advance(TimeSpan.FromDays(1));
        await Seed.PutAsync(to, Alice, "alice");
        var before = await SpaceDump.OfAsync(to, Alice);
        var report = await to.ImportAsync(Alice, file);
        Assert.Empty(report.Warnings);
        Assert.Equal(before, await SpaceDump.OfAsync(to, Alice));
        Assert.Empty(await to.Store.GetResourcesAsync(Alice, [seeded.First.Id], default));
    }

    [Fact]
    public async Task A_category_of_the_same_name_is_merged_and_takes_the_summary_that_it_lacks()
    {
        await using var bench = Workbench.Open("memory");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice);
        await using var to = Workbench.Open("memory");
        to.Clock.Advance(TimeSpan.FromDays(1));
        var mine = await to.Editor.CreateCategoryAsync(Alice, new NewCategory("Preferences Alice", "Mine"), default);
        var other = await to.Editor.CreateCategoryAsync(Alice, new NewCategory(seeded.Bare.Name, "Mine", "Summary of mine"), default);
        await to.ImportAsync(Alice, file);

        var categories = (await to.Store.ListCategoriesAsync(Alice, PageRequest.First, default)).Items;
        Assert.Equal([other.Id, mine.Id], categories.Select(c => c.Id));
        Assert.Equal(["Mine", "Mine"], categories.Select(c => c.Description));
        Assert.Equal(["Summary of mine", seeded.Page.Summary], categories.Select(c => c.Summary));
        Assert.Equal(new[] { mine.Id, other.Id }.Order(), (await to.Store.GetLinksAsync(Alice, [seeded.OfFirst.Id], default)).Select(l => l.CategoryId).Order());
        Assert.Equal(seeded.Page.Summary, Assert.Single(await to.Index.GetAsync(Alice, "category_summaries", [mine.Id], default)).Text);
        Assert.True((await to.Maintenance.CheckAsync()).IsHealthy);
    }

    [Fact]
    public async Task Notes_by_hand_are_added_to_the_notes_that_are_there()
    {
        await using var bench = Workbench.Open("memory");
        await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "one" }, default);
        await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "two" }, default);
        var (file, _) = await bench.ExportAsync(Alice);
        await using var to = Workbench.Open("memory");
        to.Clock.Advance(TimeSpan.FromDays(1));
        var own = await to.Editor.CreateItemAsync(Alice, new NewItem { Summary = "own" }, default);
        await to.ImportAsync(Alice, file);
        await to.ImportAsync(Alice, file);

        var notes = await to.Store.AllPassagesAsync(Alice, own.ResourceId, default);
        Assert.Equal([("own", 0, 0), ("one", 1, 4), ("two", 2, 8)], notes.Select(n => (n.Text, n.Position, n.Start)));
        var items = (await to.Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, default)).Items;
        Assert.Equal(3, items.Count);
        Assert.All(items, i => Assert.Equal((own.ResourceId, i.Summary), (i.ResourceId, notes.Single(n => n.Id == i.PassageIds[0]).Text)));
        Assert.True((await to.Maintenance.CheckAsync()).IsHealthy);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_the_python_code_stored_comes_along_but_for_the_bytes(string kind)
    {
        await using var bench = Workbench.Open(kind);
        var at = bench.Clock.GetUtcNow().AddMicroseconds(654_321);
        var resource = new Resource { Scope = Alice, Id = "5f0c1c8e-9a53-4c0e-8d0e-0d7c5c1f2a3b", Url = "old.txt", Modality = Modality.Conversation, LocalPath = "data/resources/old.txt", CreatedAt = at };
        var item = new MemoryItem { Scope = Alice, Id = "py-item", ResourceId = resource.Id, MemoryType = "profile", Summary = "alice likes tea", CreatedAt = at };
        var category = new MemoryCategory { Scope = Alice, Id = "py-category", Name = "habits", Description = "", CreatedAt = at };
        VectorRecord Vector(string collection, string id, string? text) => new() { Collection = collection, Id = id, Vector = bench.Embeddings.Of(id), Text = text };
        await bench.Writer.CommitAsync(
            Alice,
            new MemoryChanges
            {
                Resources = [new ResourceWrite(resource)],
                Items = [item],
                Categories = [category],
                Links = [new CategoryItem(Alice, item.Id, category.Id)],
                Vectors = [Vector("items", item.Id, null), Vector("resources", resource.Id, "old.txt"), Vector("categories", category.Id, "habits: ")],
            },
            default);
        Assert.All((await bench.Maintenance.CheckAsync()).Findings, f => Assert.Equal("python-path", f.Code));

        var (file, exported) = await bench.ExportAsync(Alice);
        Assert.Contains("Python", Assert.Single(exported.Warnings));
        await using var to = Workbench.Open(kind);
        Assert.Empty((await to.ImportAsync(Alice, file)).Warnings);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
        Assert.All((await to.ImportAsync(Alice, file)).Records.Values, n => Assert.Equal(0, n));
        await bench.ImportAsync(Bob, file);
        Assert.Equal("alice likes tea", Assert.Single((await bench.Store.ListItemsAsync(Bob, ItemFilter.All, PageRequest.First, default)).Items).Summary);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_twice_is_imported_too()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice);
        await using var to = Workbench.Open("memory");
        await to.ImportAsync(Alice, new OneWayStream(file));
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task An_unknown_type_of_record_is_left_out_with_a_warning()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var lines = Lines((await bench.ExportAsync(Alice)).File).ToList();
        lines.Insert(lines.Count - 1, """{"mood":"good","type":"mood"}""");
        lines[^1] = $$"""{"type":"end","records":{{lines.Count - 2}}}""";
        await using var to = Workbench.Open("memory");
        Assert.Contains("'mood'", Assert.Single((await to.ImportAsync(Alice, File(lines))).Warnings));
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task Records_that_refer_to_nothing_are_left_out_with_a_warning()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var lines = Lines((await bench.ExportAsync(Alice)).File).Where(l => !l.StartsWith("""{"type":"passage""")).ToList();
        var gone = lines.FindLastIndex(l => l.StartsWith("""{"type":"item"""));
        lines.RemoveAt(gone);
        lines[^1] = $$"""{"type":"end","records":{{lines.Count - 2}}}""";
        await using var to = Workbench.Open("memory");
        var report = await to.ImportAsync(Alice, File(lines));

        // Two links and a vector of the item that is gone.
        Assert.StartsWith("3 record(s)", Assert.Single(report.Warnings));
        Assert.Empty(Assert.Single((await to.Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, default)).Items).PassageIds);
    }

    [Fact]
    public async Task Vectors_of_another_model_are_kept_and_reported()
    {
        await using var bench = Workbench.Open("memory", model: "test-1");
        await Seed.PutAsync(bench, Alice, "alice");
        await using var to = Workbench.Open("memory", model: "test-2");
        var report = await to.ImportAsync(Alice, (await bench.ExportAsync(Alice)).File);
        Assert.Contains("'test-1'", Assert.Single(report.Warnings));
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }

    [Fact]
    public async Task A_space_that_is_written_to_while_it_is_exported_is_exported_anew()
    {
        await using var bench = Workbench.Open("memory");
        await Seed.PutAsync(bench, Alice, "alice");
        var meddling = ReadingMeddler.Over(bench.Store, nameof(IMemoryStore.ListItemsAsync), () => Seed.PutAsync(bench, Alice, "later"));
        await using var reading = bench.With(meddling);
        var (file, report) = await reading.ExportAsync(Alice);
        Assert.Empty(report.Warnings);
        await using var to = Workbench.Open("memory");
        Assert.Empty((await to.ImportAsync(Alice, file)).Warnings);
        Assert.Equal(await SpaceDump.OfAsync(bench, Alice), await SpaceDump.OfAsync(to, Alice));
    }
}
