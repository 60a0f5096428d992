using MemU.Edit;
using MemU.InMemory;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Tests.Memorize;
using MemU.Vectors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU.Tests.Edit;

public sealed class PageUpkeepTests : IAsyncDisposable
{
    private readonly StatementReasoner reasoner = new() { Summary = Page };
    private readonly InMemoryVectorIndex index = new();
    private readonly MemUHost host;
    private readonly MemorySpace alice;

    public PageUpkeepTests()
    {
        host = MemUHost.Create(m =>
        {
            m.Services.RemoveAll<IMemoryReasoner>();
            m.Services.AddSingleton<IMemoryReasoner>(reasoner);
            m.Services.AddSingleton<IVectorIndex>(index);
        });
        alice = host.OpenSpace("alice");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static string Page(CategoryUpdate update) =>
        string.Join('\n', (update.Summary ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Except(update.RemovedItems.Select(i => "- " + i)).Concat(update.NewItems.Select(i => "- " + i)));

    private static ResourceRef Chat(string name, params string[] lines) => ResourceRef.Messages(lines.Select(l => new ChatMessage(ChatRole.User, l)), name);

    private async Task<string?> PreferencesAsync() => (await alice.ListCategoriesAsync()).Items.Single(c => c.Name == "preferences").Summary;

    [Fact]
    public async Task A_deleted_item_leaves_its_page()
    {
        var result = await alice.MemorizeAsync(Chat("a", "I like tea", "I like figs"));
        await alice.DeleteItemAsync(result.Items[0].Id);
        Assert.Equal("- I like figs", await PreferencesAsync());
    }

    [Fact]
    public async Task A_page_whose_last_item_is_deleted_has_no_summary_and_no_vector()
    {
        var result = await alice.MemorizeAsync(Chat("a", "I like tea"));
        await alice.DeleteItemAsync(result.Items[0].Id);
        Assert.Null(await PreferencesAsync());
        Assert.Empty(await index.ListAsync(alice.Scope, VectorCollections.CategorySummaries, default).ToListAsync());
    }

    [Fact]
    public async Task A_deleted_source_leaves_its_pages()
    {
        var first = await alice.MemorizeAsync(Chat("a", "I like tea"));
        await alice.MemorizeAsync(Chat("b", "I like figs"));
        await alice.DeleteResourceAsync(first.Resource.Id);
        Assert.Equal("- I like figs", await PreferencesAsync());
    }

    [Fact]
    public async Task A_corrected_item_is_corrected_on_its_page_too()
    {
        var result = await alice.MemorizeAsync(Chat("a", "I live in Porto", "I like figs"));
        await alice.UpdateItemAsync(result.Items[0].Id, new ItemEdit { Summary = "I live in Lisbon" });
        Assert.Equal("- I like figs\n- I live in Lisbon", await PreferencesAsync());
    }

    [Fact]
    public async Task An_item_by_hand_comes_onto_its_page()
    {
        await alice.CreateItemAsync(new NewItem { Summary = "I like plums", Categories = ["preferences"] });
        Assert.Equal("- I like plums", await PreferencesAsync());
    }

    [Fact]
    public async Task Forgetting_does_not_wait_for_a_model_that_fails()
    {
        var result = await alice.MemorizeAsync(Chat("a", "I like tea", "I like figs"));
        reasoner.Summary = _ => throw new ReasonerException("the model is down") { Task = "summarize" };
        Assert.True(await alice.DeleteItemAsync(result.Items[0].Id));
        Assert.Equal("- I like figs", await PreferencesAsync());
        Assert.Single((await alice.ListItemsAsync()).Items);
    }

    [Fact]
    public async Task A_model_that_repeats_what_was_removed_is_not_believed()
    {
        var result = await alice.MemorizeAsync(Chat("a", "I like tea", "I like figs"));
        reasoner.Summary = _ => "Everybody knows: I like tea.\n- I like tea\n- I like figs";
        await alice.DeleteItemAsync(result.Items[0].Id);
        Assert.Equal("- I like figs", await PreferencesAsync());
    }

    [Fact]
    public async Task An_empty_answer_never_wipes_a_page()
    {
        await alice.MemorizeAsync(Chat("a", "I like tea"));
        reasoner.Summary = _ => " ";
        await alice.MemorizeAsync(Chat("b", "I like figs"));
        Assert.Equal("- I like tea", await PreferencesAsync());
    }

    [Fact]
    public async Task The_page_of_another_space_stays_as_it_is()
    {
        var bob = host.OpenSpace("bob");
        await bob.MemorizeAsync(Chat("a", "I like tea"));
        var result = await alice.MemorizeAsync(Chat("a", "I like tea"));
        await alice.DeleteItemAsync(result.Items[0].Id);
        Assert.Equal("- I like tea", (await bob.ListCategoriesAsync()).Items.Single(c => c.Name == "preferences").Summary);
    }
}
