using System.Text;
using MemU.Edit;
using MemU.Maintenance;
using MemU.Memorize;
using MemU.Resources;
using MemU.Storage;
using MemU.Tests.Edit;
using MemU.Vectors;

namespace MemU.Tests.Maintenance;

/// <summary>Work that began before an erasure and would end after it.</summary>
public sealed class ErasedMeanwhileTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope Bob = new("bob");

    public static TheoryData<string> Kinds => Workbench.Kinds;

    public static TheoryData<string> KindsWithFiles => Workbench.KindsWithFiles;

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task What_is_memorized_while_the_space_is_erased_is_not_stored(string kind) =>
        IsRefusedAsync(kind, (bench, _) => bench.Memorize.RunAsync(Alice, Text("zqwords"), null, null, null, accepted: null, default));

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task An_item_that_is_made_while_the_space_is_erased_is_not_stored(string kind) =>
        IsRefusedAsync(kind, (bench, _) => bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Remember zqwords." }, default));

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task A_category_that_is_made_while_the_space_is_erased_is_not_stored(string kind) =>
        IsRefusedAsync(kind, (bench, _) => bench.Editor.CreateCategoryAsync(Alice, new NewCategory("boats", "zqwords"), default));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_imported_while_the_space_is_erased_is_not_stored(string kind)
    {
        await using var source = Workbench.Open("memory");
        await Seed.PutAsync(source, Alice, "zqwordsofelsewhere");
        var (file, _) = await source.ExportAsync(Alice);
        await IsRefusedAsync(kind, (bench, _) => bench.ImportAsync(Alice, file));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Vectors_that_are_made_anew_while_the_space_is_erased_are_not_stored(string kind) =>
        IsRefusedAsync(kind, (bench, _) => bench.Reindexer.RunAsync(Alice, new ReindexOptions { Anew = true }, null, default));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_memorized_for_the_first_time_while_the_space_is_erased_is_not_stored(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await using var slow = bench.With(MeddlingStore.Over(bench.Store, () => bench.Maintenance.EraseAsync(Alice)));

        await Assert.ThrowsAsync<SpaceErasedException>(() => slow.Memorize.RunAsync(Alice, Text("zqwords"), null, null, null, accepted: null, default));

        await IsGoneAsync(bench);
        Assert.Equal("No erasure is on record in this data folder.", Assert.Single((await bench.Maintenance.CheckErasedAsync()).Checks));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_bytes_of_a_source_do_not_come_back_when_the_space_is_erased_between_its_commit_and_its_end(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Bob, "bobcanary");
        var bob = await SpaceDump.OfAsync(bench, Bob);
        await using var slow = bench.With(MeddlingStore.Over(bench.Store, () => bench.Maintenance.EraseAsync(Alice), afterwards: true));

        await Assert.ThrowsAsync<SpaceErasedException>(() => slow.Memorize.RunAsync(Alice, Text("zqwords"), null, null, null, accepted: null, default));

        await IsGoneAsync(bench);
        Assert.Empty(await bench.Blobs.ListAsync(Alice, default).ToListAsync());
        Assert.Equal(bob, await SpaceDump.OfAsync(bench, Bob));
        Assert.Empty((await bench.Maintenance.CheckErasedAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_memorized_before_an_erasure_has_ended_is_erased_as_a_whole(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "zqwords");
        await Seed.PutAsync(bench, Bob, "bobcanary");
        var bob = await SpaceDump.OfAsync(bench, Bob);
        var store = MeddlingStore.OverErasure(bench.Store, () => bench.Service.OpenSpace(Alice).MemorizeAsync(Text("zqwords")));
        var eraser = new SpaceEraser(store, (IMemoryCatalog)bench.Store, bench.Index, bench.Blobs, [], isEncrypted: kind == "encrypted", bench.Clock);

        var receipt = await eraser.RunAsync([Alice], null, default);

        Assert.Equal(3, Assert.Single(receipt.Spaces).Rows.Resources);
        await IsGoneAsync(bench);
        Assert.Equal(bob, await SpaceDump.OfAsync(bench, Bob));
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
        Assert.Empty((await bench.Maintenance.CheckErasedAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(KindsWithFiles))]
    public async Task What_is_removed_while_the_space_is_erased_does_not_bring_its_name_back(string kind)
    {
        foreach (var remove in new Func<Workbench, Seeded, Task>[]
        {
            (b, s) => b.Editor.DeleteCategoryAsync(Alice, s.Bare.Id, default), (b, s) => b.Editor.DeleteResourceAsync(Alice, s.Second.Id, default),
            (b, _) => b.Reindexer.RunAsync(Alice, new ReindexOptions(), null, default),
        })
        {
            await using var bench = Workbench.Open(kind);
            var seeded = await Seed.PutAsync(bench, Alice, "zqwords");
            await bench.Index.ApplyAsync(Alice, new VectorChanges { Upserted = [new VectorRecord { Collection = VectorCollections.Items, Id = "stray", Vector = new float[8] }] }, default);
            await using var slow = bench.With(MeddlingStore.Over(bench.Store, () => bench.Maintenance.EraseAsync(Alice)));

            await Assert.ThrowsAsync<SpaceErasedException>(() => remove(slow, seeded));

            await IsGoneAsync(bench);
            Assert.Equal(default, await bench.Store.GetVersionAsync(Alice, default));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_accepted_before_an_erasure_costs_no_model_call_afterwards(string kind)
    {
        await using var bench = Workbench.Open(kind);
        var space = bench.Service.OpenSpace(Alice);
        var accepted = await space.GetErasureMarkAsync(default);
        await bench.Maintenance.EraseAsync(Alice);

        await Assert.ThrowsAsync<SpaceErasedException>(() => space.MemorizeAcceptedAsync(Text("zqwords"), null, accepted, new Progress<MemorizeProgress>(), default));

        Assert.Equal(0, bench.Embeddings.Texts);
        await IsGoneAsync(bench);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task An_erasure_hinders_neither_its_neighbours_nor_what_begins_after_it(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "alicecanary");
        await using var slow = bench.With(MeddlingStore.Over(bench.Store, () => bench.Maintenance.EraseAsync(Alice)));

        await slow.Memorize.RunAsync(Bob, Text("bobcanary"), null, null, null, accepted: null, default);
        await bench.Service.OpenSpace(Alice).MemorizeAsync(Text("zqanew"));

        Assert.NotEmpty((await bench.Service.OpenSpace(Bob).RetrieveAsync("bobcanary")).Evidence);
        Assert.NotEmpty((await bench.Service.OpenSpace(Alice).RetrieveAsync("zqanew")).Evidence);
        Assert.DoesNotContain(await SpaceDump.OfAsync(bench, Alice), l => l.Contains("alicecanary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("sqlite+json")]
    public async Task What_began_before_a_reset_is_not_stored_after_it(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Bob, "bobcanary");
        await bench.Maintenance.EraseAsync(Bob);
        await using var slow = bench.With(MeddlingStore.Over(bench.Store, () => bench.Maintenance.ResetAsync()));

        await Assert.ThrowsAsync<SpaceErasedException>(() => slow.Memorize.RunAsync(Alice, Text("zqwords"), null, null, null, accepted: null, default));

        await IsGoneAsync(bench);
    }

    private static async Task IsRefusedAsync(string kind, Func<Workbench, Seeded, Task> work)
    {
        await using var bench = Workbench.Open(kind);
        var seeded = await Seed.PutAsync(bench, Alice, "zqwords");
        await Seed.PutAsync(bench, Bob, "bobcanary");
        var bob = await SpaceDump.OfAsync(bench, Bob);
        await using var slow = bench.With(MeddlingStore.Over(bench.Store, () => bench.Maintenance.EraseAsync(Alice)));

        var error = await Assert.ThrowsAsync<SpaceErasedException>(() => work(slow, seeded));

        Assert.Equal(Alice, error.Scope);
        Assert.DoesNotContain("zqwords", error.Message, StringComparison.Ordinal);
        await IsGoneAsync(bench);
        Assert.Equal(bob, await SpaceDump.OfAsync(bench, Bob));
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
        Assert.Empty((await bench.Maintenance.CheckErasedAsync()).Findings);
    }

    private static async Task IsGoneAsync(Workbench bench)
    {
        Assert.Equal(await SpaceDump.OfAsync(bench, new MemoryScope("never seen")), await SpaceDump.OfAsync(bench, Alice));
        foreach (var file in bench.Data.Length == 0 ? [] : Directory.EnumerateFiles(bench.Data, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.True(bytes.ToArray().AsSpan().IndexOf("zqwords"u8) < 0, file);
            Assert.DoesNotContain("/.doubts/", file.Replace('\\', '/'), StringComparison.Ordinal);
        }
    }

    private static ResourceRef Text(string word) => ResourceRef.Text($"I keep {word} bees.", word);
}
