using MemU.Edit;
using MemU.Storage;
using MemU.Tests.Maintenance;

namespace MemU.Tests.Edit;

public sealed class CategoryEditTests : IAsyncDisposable
{
    private static readonly MemoryScope Alice = new("alice");
    private readonly Workbench bench = Workbench.Open("memory");

    public ValueTask DisposeAsync() => bench.DisposeAsync();

    private Task<MemoryCategory> Create(string name, string description = "What she does", string? summary = null) =>
        bench.Editor.CreateCategoryAsync(Alice, new NewCategory(name, description, summary), default);

    private async Task<string?> EmbeddedAs(string collection, string id) => (await bench.Index.GetAsync(Alice, collection, [id], default)).SingleOrDefault()?.Text;

    [Fact]
    public async Task A_category_is_found_by_its_description_and_by_its_summary()
    {
        var category = await Create(" Hobbies ", summary: "- keeps bees");
        Assert.Equal("Hobbies", category.Name);
        Assert.Equal("Hobbies: What she does", await EmbeddedAs("categories", category.Id));
        Assert.Equal("- keeps bees", await EmbeddedAs("category_summaries", category.Id));
    }

    [Fact]
    public async Task A_name_that_is_taken_in_any_case_is_refused()
    {
        await Create("Hobbies");
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Create("hobbies"));
        Assert.Contains("'Hobbies'", error.Message);
        var other = await Create("Work");
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Editor.UpdateCategoryAsync(Alice, other.Id, new CategoryEdit { Name = "HOBBIES" }, default));
    }

    [Fact]
    public async Task The_same_name_in_another_space_is_free()
    {
        await Create("Hobbies");
        await bench.Editor.CreateCategoryAsync(new MemoryScope("bob"), new NewCategory("Hobbies", "His"), default);
        Assert.Equal("What she does", Assert.Single((await bench.Store.ListCategoriesAsync(Alice, PageRequest.First, default)).Items).Description);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    public async Task A_name_that_is_none_is_refused(string name) => await Assert.ThrowsAsync<ArgumentException>(() => Create(name));

    [Fact]
    public async Task The_case_of_a_name_can_be_changed()
    {
        var category = await Create("hobbies");
        Assert.Equal("Hobbies", (await bench.Editor.UpdateCategoryAsync(Alice, category.Id, new CategoryEdit { Name = "Hobbies" }, default)).Name);
    }

    [Fact]
    public async Task Vectors_follow_name_description_and_summary()
    {
        var category = await Create("Hobbies", summary: "- keeps bees");
        await bench.Editor.UpdateCategoryAsync(Alice, category.Id, new CategoryEdit { Name = "Pastimes", Description = "" }, default);
        Assert.Equal("Pastimes", await EmbeddedAs("categories", category.Id));
        Assert.Equal("- keeps bees", await EmbeddedAs("category_summaries", category.Id));
        await bench.Editor.UpdateCategoryAsync(Alice, category.Id, new CategoryEdit { Summary = "- kept bees" }, default);
        Assert.Equal("- kept bees", await EmbeddedAs("category_summaries", category.Id));
    }

    [Fact]
    public async Task A_blank_summary_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Create("Hobbies", summary: " "));

    [Fact]
    public async Task Renaming_does_not_undo_a_summary_that_was_written_meanwhile()
    {
        var category = await Create("Hobbies", summary: "old");
        var meddling = MeddlingStore.Over(bench.Store, () => bench.Writer.CommitAsync(
            Alice, new MemoryChanges { Summaries = [new SummaryWrite(category.Id, "old", "written by a memorize")] }, default));
        await using var other = bench.With(meddling);
        var renamed = await other.Editor.UpdateCategoryAsync(Alice, category.Id, new CategoryEdit { Name = "Pastimes" }, default);
        Assert.Equal(("Pastimes", "written by a memorize"), (renamed.Name, renamed.Summary));
        var stored = Assert.Single(await bench.Store.GetCategoriesAsync(Alice, [category.Id], default));
        Assert.Equal(("Pastimes", "written by a memorize"), (stored.Name, stored.Summary));
    }

    [Fact]
    public async Task An_unknown_category_cannot_be_changed_or_deleted()
    {
        var error = await Assert.ThrowsAsync<MemoryNotFoundException>(() => bench.Editor.UpdateCategoryAsync(Alice, "nope", new CategoryEdit { Name = "x" }, default));
        Assert.Equal("category", error.Kind);
        Assert.False(await bench.Editor.DeleteCategoryAsync(Alice, "nope", default));
    }

    [Fact]
    public async Task Deleting_a_category_keeps_its_items()
    {
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        Assert.True(await bench.Editor.DeleteCategoryAsync(Alice, seeded.Page.Id, default));
        Assert.Equal(2, (await bench.Store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, default)).Items.Count);
        Assert.Null(await EmbeddedAs("categories", seeded.Page.Id));
        Assert.Null(await EmbeddedAs("category_summaries", seeded.Page.Id));
        Assert.Empty(await bench.Store.GetLinksAsync(Alice, [seeded.Shared.Id], default));
    }
}
