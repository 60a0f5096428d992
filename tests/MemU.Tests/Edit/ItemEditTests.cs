using MemU.Commit;
using MemU.Edit;
using MemU.Memorize;
using MemU.Storage;
using MemU.Tests.Maintenance;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Tests.Edit;

public sealed class ItemEditTests : IAsyncLifetime
{
    private static readonly MemoryScope Alice = new("alice");
    private readonly Workbench bench = Workbench.Open("memory", isOffline: false);
    private IReadOnlyList<string> canary = [];

    public async ValueTask InitializeAsync()
    {
        await Seed.PutAsync(bench, new MemoryScope("bob"), "canary");
        canary = await SpaceDump.OfAsync(bench, new MemoryScope("bob"));
    }

    public async ValueTask DisposeAsync()
    {
        // Whatever a test did to Alice, Bob's space is as it was.
        Assert.Equal(canary, await SpaceDump.OfAsync(bench, new MemoryScope("bob")));
        await bench.DisposeAsync();
    }

    private Task<MemoryItem> Create(string summary, params string[] categories) =>
        bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = summary, Categories = categories }, default);

    private async Task<Passage> NoteOf(MemoryItem item) => Assert.Single(await bench.Store.GetPassagesAsync(Alice, item.PassageIds, default));

    private async Task<VectorRecord> VectorOf(string collection, string id) => Assert.Single(await bench.Index.GetAsync(Alice, collection, [id], default));

    [Fact]
    public async Task An_item_by_hand_is_its_own_evidence()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));
        var item = await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "  Alice keeps bees ", MemoryType = "Event", HappenedAt = at }, default);

        Assert.Equal(("Alice keeps bees", "event", at), (item.Summary, item.MemoryType, item.HappenedAt!.Value));
        Assert.Equal(item.Summary, Assert.Single(await bench.Store.GetItemsAsync(Alice, [item.Id], default)).Summary);
        var note = await NoteOf(item);
        Assert.Equal(("Alice keeps bees", 0, 0, at), (note.Text, note.Position, note.Start, note.HappenedAt!.Value));
        var notes = (await bench.Store.GetResourceByUrlAsync(Alice, "memu:notes", default))!;
        Assert.Equal((note.ResourceId, "", Modality.Text), (notes.Id, notes.LocalPath, notes.Modality));
        Assert.Equal(bench.Embeddings.Of("Alice keeps bees").ToArray(), (await VectorOf("items", item.Id)).Vector.ToArray());
        Assert.Equal("Alice keeps bees", (await VectorOf("passages", note.Id)).Text);
        Assert.Equal(notes.Caption, (await VectorOf("resources", notes.Id)).Text);
    }

    [Fact]
    public async Task Notes_follow_each_other_as_lines_of_one_text()
    {
        var notes = new[] { await NoteOf(await Create("one")), await NoteOf(await Create("four")), await NoteOf(await Create("x")) };
        Assert.Equal([(0, 0), (1, 4), (2, 9)], notes.Select(n => (n.Position, n.Start)));
        Assert.Single(notes.Select(n => n.ResourceId).Distinct());
    }

    [Fact]
    public async Task Notes_that_are_added_at_once_all_get_a_place_of_their_own()
    {
        var items = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => Create($"note {n}"))));
        var notes = await bench.Store.GetPassagesAsync(Alice, [.. items.SelectMany(i => i.PassageIds)], default);
        Assert.Equal(Enumerable.Range(0, 16), notes.Select(n => n.Position).Order());
        Assert.Equal(16, notes.Select(n => n.Start).Distinct().Count());
    }

    [Fact]
    public async Task An_item_stands_on_the_pages_that_were_named_in_any_case()
    {
        var page = await bench.Editor.CreateCategoryAsync(Alice, new NewCategory("Hobbies", "What she does"), default);
        var item = await Create("Alice keeps bees", " hobbies ", "HOBBIES");
        Assert.Equal([new CategoryItem(Alice, item.Id, page.Id)], await bench.Store.GetLinksAsync(Alice, [item.Id], default));
    }

    [Fact]
    public async Task A_category_that_every_space_has_can_be_named_before_the_first_source()
    {
        var item = await Create("Alice likes tea", "Preferences");
        var category = Assert.Single((await bench.Store.ListCategoriesAsync(Alice, PageRequest.First, default)).Items);
        Assert.Equal(DefaultCategories.All.Single(c => c.Name == "preferences").Description, category.Description);
        Assert.Equal(category.Id, Assert.Single(await bench.Store.GetLinksAsync(Alice, [item.Id], default)).CategoryId);
        Assert.Equal("preferences: User preferences, likes and dislikes", (await VectorOf("categories", category.Id)).Text);
    }

    [Fact]
    public async Task An_unknown_category_is_refused_and_nothing_is_written()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Create("Alice keeps bees", "beekeping"));
        Assert.Contains("'beekeping'", error.Message);
        Assert.Empty(await SpaceDump.OfAsync(bench, Alice));
        Assert.Equal(0, (await bench.Store.GetVersionAsync(Alice, default)).Revision);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("None.")]
    [InlineData("[]")]
    public async Task Words_that_say_nothing_are_refused_before_anything_is_embedded(string summary)
    {
        var before = bench.Embeddings.Texts;
        await Assert.ThrowsAsync<ArgumentException>(() => Create(summary));
        Assert.Equal(before, bench.Embeddings.Texts);
    }

    [Theory]
    [InlineData("")]
    [InlineData("profil")]
    public async Task An_unknown_type_is_refused_with_the_known_ones(string type)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Alice keeps bees", MemoryType = type }, default));
        Assert.Contains("profile, event, knowledge, behavior", error.Message);
    }

    [Fact]
    public async Task A_type_of_ones_own_works_once_it_is_configured()
    {
        await using var own = Workbench.Open(
            "memory", configure: m => m.Services.AddSingleton(MemorizeOptions.Default with { MemoryTypes = [.. MemoryTypes.Default, "recipe"] }));
        var item = await own.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Two eggs, one cup of flour", MemoryType = "Recipe" }, default);
        Assert.Equal("recipe", item.MemoryType);
    }

    [Fact]
    public async Task Editing_the_words_keeps_the_old_ones_in_the_history_and_moves_vector_and_note_along()
    {
        var item = await Create("Alice keeps bees");
        await Create("Alice has a dog");
        bench.Clock.Advance(TimeSpan.FromHours(1));
        var edited = await bench.Editor.UpdateItemAsync(Alice, item.Id, new ItemEdit { Summary = "Alice kept bees until 2024" }, default);

        Assert.Equal((item.Id, "Alice kept bees until 2024", item.CreatedAt), (edited.Id, edited.Summary, edited.CreatedAt));
        var revision = Assert.Single((await bench.Store.ListHistoryAsync(Alice, item.Id, PageRequest.First, default)).Items);
        Assert.Equal(("Alice keeps bees", "edited", bench.Clock.GetUtcNow()), (revision.Summary, revision.Reason, revision.ReplacedAt));
        Assert.Equal(edited.Summary, (await VectorOf("items", item.Id)).Text);
        var note = await NoteOf(edited);
        Assert.Equal((item.PassageIds[0], edited.Summary, 2), (note.Id, note.Text, note.Position));
        Assert.Equal(edited.Summary, (await VectorOf("passages", note.Id)).Text);
        Assert.Equal(2, (await bench.Store.AllPassagesAsync(Alice, note.ResourceId, default)).Count);
    }

    [Fact]
    public async Task Editing_an_extracted_item_leaves_the_words_of_its_source_alone()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        var before = await bench.Store.GetPassagesAsync(Alice, seeded.Shared.PassageIds, default);
        var edited = await bench.Editor.UpdateItemAsync(Alice, seeded.Shared.Id, new ItemEdit { Summary = "Alice likes green tea" }, default);
        Assert.Equal(before, await bench.Store.GetPassagesAsync(Alice, edited.PassageIds, default));
        Assert.Equal(seeded.Shared.PassageIds, edited.PassageIds);
        Assert.Null(await bench.Store.GetResourceByUrlAsync(Alice, HandNotes.Url, default));
    }

    [Fact]
    public async Task Editing_the_categories_sets_exactly_those()
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await bench.Editor.CreateCategoryAsync(Alice, new NewCategory(name, "test"), default);
        }

        var item = await Create("Alice keeps bees", "a", "b");
        await bench.Editor.UpdateItemAsync(Alice, item.Id, new ItemEdit { Categories = ["b", "c"] }, default);
        var links = await bench.Store.GetLinksAsync(Alice, [item.Id], default);
        var names = (await bench.Store.GetCategoriesAsync(Alice, [.. links.Select(l => l.CategoryId)], default)).Select(c => c.Name);
        Assert.Equal(["b", "c"], names.Order());
        Assert.Empty((await bench.Store.ListHistoryAsync(Alice, null, PageRequest.First, default)).Items);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_writes_nothing()
    {
        var item = await Create("Alice keeps bees");
        var revision = (await bench.Store.GetVersionAsync(Alice, default)).Revision;
        var same = await bench.Editor.UpdateItemAsync(Alice, item.Id, new ItemEdit { Summary = "Alice keeps bees", MemoryType = "PROFILE", Categories = [] }, default);
        Assert.Equal((item.Id, item.Summary), (same.Id, same.Summary));
        Assert.Equal(revision, (await bench.Store.GetVersionAsync(Alice, default)).Revision);
    }

    [Fact]
    public async Task Items_of_another_space_do_not_exist_here()
    {
        var bobs = (await bench.Store.ListItemsAsync(new MemoryScope("bob"), ItemFilter.All, PageRequest.First, default)).Items[0];
        var error = await Assert.ThrowsAsync<MemoryNotFoundException>(() => bench.Editor.UpdateItemAsync(Alice, bobs.Id, new ItemEdit { Summary = "mine now" }, default));
        Assert.Equal(("item", bobs.Id), (error.Kind, error.Id));
        Assert.False(await bench.Editor.DeleteItemAsync(Alice, bobs.Id, default));
    }

    [Fact]
    public async Task Deleting_an_item_by_hand_takes_its_note_its_history_and_its_vectors_along()
    {
        var item = await Create("Alice keeps bees");
        await bench.Editor.UpdateItemAsync(Alice, item.Id, new ItemEdit { Summary = "Alice kept bees" }, default);
        Assert.True(await bench.Editor.DeleteItemAsync(Alice, item.Id, default));
        Assert.False(await bench.Editor.DeleteItemAsync(Alice, item.Id, default));
        Assert.DoesNotContain(await SpaceDump.OfAsync(bench, Alice), line => line.Contains("bees"));
    }

    [Fact]
    public async Task Deleting_an_extracted_item_keeps_the_words_of_its_source()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        Assert.True(await bench.Editor.DeleteItemAsync(Alice, seeded.Shared.Id, default));
        Assert.Equal(2, (await bench.Store.GetPassagesAsync(Alice, seeded.Shared.PassageIds, default)).Count);
        Assert.Empty(await bench.Index.GetAsync(Alice, "items", [seeded.Shared.Id], default));
        Assert.Empty((await bench.Store.ListHistoryAsync(Alice, seeded.Shared.Id, PageRequest.First, default)).Items);
    }

    [Fact]
    public async Task The_next_note_goes_on_after_a_gap()
    {
        var first = await Create("one");
        var second = await Create("two");
        await bench.Editor.DeleteItemAsync(Alice, first.Id, default);
        var third = await NoteOf(await Create("three"));
        Assert.Equal((2, (await NoteOf(second)).Start + 4), (third.Position, third.Start));
    }
}
