using MemU.InMemory;
using MemU.Edit;
using MemU.Memorize;
using MemU.Reasoning;
using MemU.Resources;
using MemU.Storage;
using MemU.Vectors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace MemU.Tests.Memorize;

public sealed class MemorizeFlowTests : IAsyncDisposable
{
    private readonly StatementReasoner reasoner = new();
    private readonly WordEmbeddings embeddings = new();
    private readonly InMemoryStore store = new();
    private readonly InMemoryBlobStore blobs = new();
    private readonly MemUHost host;
    private readonly MemUHost otherHost;
    private readonly MemorySpace alice;
    private readonly MemorySpace aliceElsewhere;

    public MemorizeFlowTests()
    {
        var index = new InMemoryVectorIndex();
        host = Host();
        alice = host.OpenSpace("alice");
        otherHost = Host(); // as another process would be: it shares nothing but the data
        aliceElsewhere = otherHost.OpenSpace("alice");

        MemUHost Host() => MemUHost.Create(m =>
        {
            m.Services.AddSingleton<IMemoryStore>(store);
            m.Services.AddSingleton<IVectorIndex>(index);
            m.Services.AddSingleton<IBlobStore>(blobs);
            m.Services.RemoveAll<IMemoryReasoner>();
            m.Services.AddSingleton<IMemoryReasoner>(reasoner);
            m.Services.RemoveAll<EmbeddingModel>();
            m.Services.AddSingleton(new EmbeddingModel(embeddings, "words", isOffline: true));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await otherHost.DisposeAsync();
    }

    private static ResourceRef Chat(string name, params string[] lines) => ResourceRef.Messages(lines.Select(l => new ChatMessage(ChatRole.User, l)), name);

    private static async Task<List<MemoryItem>> ItemsOf(MemorySpace space) => [.. (await space.ListItemsAsync()).Items];

    [Fact]
    public async Task Memorizing_the_same_source_twice_adds_nothing()
    {
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea", "I live in Porto"));
        var again = await alice.MemorizeAsync(Chat("monday", "I like tea", "I live in Porto"));
        Assert.Equal(MemorizeOutcome.Added, first.Outcome);
        Assert.Equal(2, first.Items.Count);
        Assert.Equal(MemorizeOutcome.Unchanged, again.Outcome);
        Assert.Empty(again.Items);
        Assert.Equal(1, reasoner.Extractions);
        Assert.Equal(2, (await ItemsOf(alice)).Count);
    }

    [Fact]
    public async Task Changed_content_replaces_its_items_and_keeps_the_old_ones_in_the_history()
    {
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea", "I live in Porto"));
        var second = await alice.MemorizeAsync(Chat("monday", "I like tea", "I live in Lisbon"));
        Assert.Equal(MemorizeOutcome.Replaced, second.Outcome);
        Assert.Equal(first.Resource.Id, second.Resource.Id);
        Assert.Equal(["I like tea", "I live in Lisbon"], (await ItemsOf(alice)).Select(i => i.Summary).Order());
        Assert.Equal("I live in Porto", Assert.Single((await alice.ListHistoryAsync()).Items).Summary);
        Assert.DoesNotContain("Porto", (await alice.ListCategoriesAsync()).Items.Single(c => c.Name == "preferences").Summary);
    }

    [Fact]
    public async Task What_a_changed_source_still_says_keeps_its_ids()
    {
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea"));
        var passage = (await alice.ListPassagesAsync()).Items.Single();
        await alice.MemorizeAsync(Chat("monday", "I like tea", "And coffee"));
        Assert.Contains((await alice.ListPassagesAsync()).Items, p => p.Id == passage.Id);
        Assert.Contains(await ItemsOf(alice), i => i.Id == first.Items.Single().Id);
    }

    [Fact]
    public async Task The_same_words_in_two_sources_are_one_memory_with_two_pieces_of_evidence()
    {
        await alice.MemorizeAsync(Chat("monday", "I like tea"));
        var second = await alice.MemorizeAsync(Chat("tuesday", "I like tea"));
        Assert.Empty(second.Items);
        var item = Assert.Single(await ItemsOf(alice));
        Assert.Equal(2, item.PassageIds.Count);
    }

    [Fact]
    public async Task A_memory_that_another_source_supports_outlives_its_first_source()
    {
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea"));
        var second = await alice.MemorizeAsync(Chat("tuesday", "I like tea"));
        await alice.MemorizeAsync(Chat("monday", "Never mind"));
        var item = (await ItemsOf(alice)).Single(i => i.Summary == "I like tea");
        Assert.Equal(second.Resource.Id, item.ResourceId);
        Assert.Single(item.PassageIds);
        Assert.NotEqual(first.Resource.Id, item.ResourceId);
    }

    [Fact]
    public async Task A_changed_source_takes_no_evidence_from_another_one()
    {
        await alice.MemorizeAsync(Chat("monday", "I like tea"));
        var second = await alice.MemorizeAsync(Chat("tuesday", "I like tea"));
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea", "And coffee"));
        Assert.Equal(2, (await ItemsOf(alice)).Single(i => i.Summary == "I like tea").PassageIds.Count);
        await alice.DeleteResourceAsync(first.Resource.Id);
        Assert.Equal(second.Resource.Id, Assert.Single(await ItemsOf(alice)).ResourceId);
    }

    [Fact]
    public async Task A_second_source_that_says_the_same_in_other_passages_gives_new_evidence()
    {
        await alice.MemorizeAsync(Chat("monday", "I like tea"));
        await alice.MemorizeAsync(ResourceRef.Messages([new(ChatRole.User, "I like tea")], "tuesday"));
        await alice.MemorizeAsync(ResourceRef.Messages([new(ChatRole.User, "I like tea") { MessageId = "1" }], "tuesday"));
        var item = Assert.Single(await ItemsOf(alice));
        var passages = (await alice.ListPassagesAsync()).Items;
        Assert.Equal(passages.Select(p => p.Id).Order(), item.PassageIds.Order());
    }

    [Fact]
    public async Task A_failed_extraction_leaves_nothing_and_can_be_tried_again()
    {
        reasoner.OnExtract = () => throw new ReasonerException("the model is down") { Task = "extract" };
        await Assert.ThrowsAsync<ReasonerException>(() => alice.MemorizeAsync(Chat("monday", "I like tea")));
        Assert.Empty((await alice.ListResourcesAsync()).Items);
        Assert.Equal(0, (await alice.GetStatisticsAsync()).Categories);

        reasoner.OnExtract = null;
        Assert.Equal(MemorizeOutcome.Added, (await alice.MemorizeAsync(Chat("monday", "I like tea"))).Outcome);
    }

    [Fact]
    public async Task A_cancelled_memorize_stores_nothing()
    {
        using var cancel = new CancellationTokenSource();
        reasoner.OnExtract = cancel.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alice.MemorizeAsync(Chat("monday", "I like tea"), cancellationToken: cancel.Token));
        Assert.Empty((await alice.ListResourcesAsync()).Items);
    }

    [Fact]
    public async Task A_summary_that_somebody_else_rewrote_meanwhile_is_not_lost()
    {
        reasoner.OnSummarize = async () => await aliceElsewhere.MemorizeAsync(Chat("other", "I like coffee"));
        await alice.MemorizeAsync(Chat("monday", "I like tea"));
        var summary = (await alice.ListCategoriesAsync()).Items.Single(c => c.Name == "preferences").Summary;
        Assert.Contains("I like tea", summary);
        Assert.Contains("I like coffee", summary);
        Assert.Equal(2, reasoner.Extractions);
    }

    [Fact]
    public async Task A_source_that_says_the_same_and_is_deleted_meanwhile_takes_nothing_along()
    {
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea"));
        reasoner.OnSummarize = async () => await aliceElsewhere.DeleteResourceAsync(first.Resource.Id);
        var second = await alice.MemorizeAsync(Chat("tuesday", "I like tea", "And coffee"));
        Assert.All(await ItemsOf(alice), i => Assert.Equal(second.Resource.Id, i.ResourceId));
        Assert.Equal(2, (await ItemsOf(alice)).Count);
    }

    [Fact]
    public async Task The_same_source_memorized_at_once_from_two_sides_is_stored_once()
    {
        reasoner.OnSummarize = async () => await aliceElsewhere.MemorizeAsync(Chat("monday", "I like tea"));
        var late = await alice.MemorizeAsync(Chat("monday", "I like tea"));
        Assert.Equal(MemorizeOutcome.Unchanged, late.Outcome);
        Assert.Single(await ItemsOf(alice));
        Assert.Single((await alice.ListResourcesAsync()).Items);
    }

    [Fact]
    public async Task Twenty_memorizes_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? alice : aliceElsewhere).MemorizeAsync(Chat($"chat {n}", $"I like number {n}"))));
        var summary = (await alice.ListCategoriesAsync()).Items.Single(c => c.Name == "preferences").Summary!.Split('\n');
        Assert.Equal(20, (await ItemsOf(alice)).Count);
        Assert.Equal(Enumerable.Range(0, 20).Select(n => $"I like number {n}").Order(), summary.Order());
    }

    [Fact]
    public async Task A_batch_has_a_result_for_each_source_and_a_failure_stops_no_other()
    {
        var entries = await alice.MemorizeManyAsync(
            [new(Chat("a", "I like tea")), new(ResourceRef.File("no/such/file.txt")), new(ResourceRef.Text("I like figs"))]);
        Assert.Equal([true, false, true], entries.Select(e => e.Result is not null));
        Assert.Contains("no/such/file.txt", Assert.IsType<ResourceException>(entries[1].Error).Message);
        Assert.Equal(2, (await ItemsOf(alice)).Count);
    }

    [Theory]
    [InlineData("I'm sorry, but I can't assist with that request.")]
    [InlineData("N/A")]
    [InlineData("[]")]
    public async Task Placeholders_and_refusals_are_never_stored_as_a_memory(string rubbish)
    {
        var result = await alice.MemorizeAsync(Chat("a", rubbish, "I like tea"));
        Assert.Equal("I like tea", Assert.Single(result.Items).Summary);
        Assert.Contains(result.Warnings, w => w.Contains("left out"));
        Assert.Equal(2, result.Passages);
    }

    [Fact]
    public async Task An_item_without_a_category_goes_to_the_nearest_ones_above_the_threshold()
    {
        reasoner.Categories = _ => [];
        var options = MemorizeOptions.Default with
        {
            Categories = [new("sailing", "sailing boats and harbours"), new("chess", "chess openings")],
        };
        var near = await alice.MemorizeAsync(Chat("a", "sailing boats and harbours"), options: options);
        Assert.Equal("sailing", near.Categories.Single(c => c.Id == Assert.Single(near.Relations).CategoryId).Name);
        var strict = await alice.MemorizeAsync(Chat("b", "Completely different words"), options: options with { CategoryAssignThreshold = 1 });
        Assert.Empty(strict.Relations);
    }

    [Fact]
    public async Task A_category_named_in_other_letters_is_the_same_category()
    {
        reasoner.Categories = _ => ["PREFERENCES ", "no such category"];
        var result = await alice.MemorizeAsync(Chat("a", "I like tea"));
        Assert.Equal("preferences", result.Categories.Single(c => c.Id == Assert.Single(result.Relations).CategoryId).Name);
    }

    [Fact]
    public async Task A_custom_memory_type_works_end_to_end()
    {
        reasoner.Type = _ => "recipe";
        await alice.MemorizeAsync(Chat("a", "Boil the rice"), options: MemorizeOptions.Default with { MemoryTypes = ["recipe"] });
        Assert.Equal("recipe", Assert.Single(await ItemsOf(alice)).MemoryType);
    }

    [Fact]
    public async Task Media_without_a_model_are_refused_and_nothing_is_stored()
    {
        var picture = ResourceRef.Stream(new MemoryStream([0x89, (byte)'P', (byte)'N', (byte)'G', 1]), "photo.png");
        await Assert.ThrowsAsync<ReasonerException>(() => alice.MemorizeAsync(picture));
        Assert.Empty((await alice.ListResourcesAsync()).Items);
    }

    [Fact]
    public async Task The_words_of_a_system_message_are_kept_but_not_remembered()
    {
        var result = await alice.MemorizeAsync(ResourceRef.Messages(
            [new ChatMessage(ChatRole.System, "You are a helpful assistant"), new ChatMessage(ChatRole.User, "I like tea")]));
        Assert.Equal("I like tea", Assert.Single(result.Items).Summary);
        Assert.Equal(2, result.Passages);
    }

    [Fact]
    public async Task A_passage_is_the_stretch_of_the_source_that_it_says()
    {
        var text = "user: I like tea\nassistant: Noted!\nuser: 我住在上海";
        await alice.MemorizeAsync(ResourceRef.Text(text), Modality.Conversation);
        var passages = (await alice.ListPassagesAsync()).Items;
        Assert.Equal(3, passages.Count);
        Assert.All(passages, p => Assert.Equal(p.Text, text.Substring(p.Start, p.Length)));
    }

    [Fact]
    public async Task Nothing_of_one_space_shows_in_another()
    {
        await alice.MemorizeAsync(Chat("monday", "The canary sings in alice's garden"));
        var bob = host.OpenSpace("bob");
        await bob.MemorizeAsync(Chat("monday", "I like tea"));
        Assert.DoesNotContain(await ItemsOf(bob), i => i.Summary.Contains("canary"));
        Assert.DoesNotContain((await bob.ListCategoriesAsync()).Items, c => c.Summary?.Contains("canary") == true);
        foreach (var item in await ItemsOf(alice))
        {
            Assert.Null(await bob.GetItemAsync(item.Id));
            Assert.Null(await bob.GetPassageAsync(item.PassageIds[0]));
            Assert.False(await bob.DeleteItemAsync(item.Id));
            await Assert.ThrowsAsync<MemoryNotFoundException>(() => bob.UpdateItemAsync(item.Id, new ItemEdit { Summary = "x" }));
        }
    }

    [Fact]
    public async Task A_category_is_embedded_once_and_never_again()
    {
        var options = MemorizeOptions.Default with { Categories = [new("sailing", "boats")] };
        await alice.MemorizeAsync(Chat("a", "I like tea"), options: options);
        reasoner.Categories = _ => [];
        var before = embeddings.Texts;
        await alice.MemorizeAsync(Chat("b", "I like figs"), options: options);
        Assert.Equal(before + 2, embeddings.Texts); // the item and the caption's place: what is new
    }

    [Fact]
    public async Task An_edit_by_hand_during_a_memorize_is_seen_and_kept_in_the_history()
    {
        var first = await alice.MemorizeAsync(Chat("monday", "I like tea", "I live in Porto"));
        var porto = first.Items.Single(i => i.Summary == "I live in Porto");
        reasoner.OnSummarize = async () => await aliceElsewhere.UpdateItemAsync(porto.Id, new ItemEdit { Summary = "I live in Lisbon" });
        await alice.MemorizeAsync(Chat("monday", "I like tea", "I live in Porto", "I like figs"));
        Assert.Contains((await alice.ListHistoryAsync()).Items, r => r.Summary == "I live in Lisbon");
        Assert.Equal(["I like figs", "I like tea", "I live in Porto"], (await ItemsOf(alice)).Select(i => i.Summary).Order());
    }

    [Fact]
    public async Task A_delete_by_hand_during_a_memorize_is_not_undone()
    {
        await alice.MemorizeAsync(Chat("monday", "I like tea"));
        var tea = (await ItemsOf(alice)).Single();
        reasoner.OnSummarize = async () => await aliceElsewhere.DeleteResourceAsync(tea.ResourceId);
        await alice.MemorizeAsync(Chat("tuesday", "I like tea", "I like figs"));
        Assert.Null(await alice.GetItemAsync(tea.Id));
        Assert.Equal(["I like figs", "I like tea"], (await ItemsOf(alice)).Select(i => i.Summary).Order());
    }

    [Fact]
    public async Task Bytes_that_got_lost_come_back_when_their_source_is_memorized_again()
    {
        var result = await alice.MemorizeAsync(Chat("monday", "I like tea"));
        await blobs.DeleteAsync(alice.Scope, result.Resource.LocalPath, default);
        await alice.MemorizeAsync(Chat("monday", "I like tea"));
        await using var content = await alice.OpenContentAsync(result.Resource);
        Assert.NotNull(content);
    }

    [Fact]
    public async Task A_file_is_not_taken_for_another_one_that_the_Python_code_stored_under_the_same_relative_path()
    {
        var name = $"chat-{Guid.Empty:N}-{Environment.ProcessId}.txt";
        await store.CommitAsync(
            alice.Scope,
            new MemoryChanges
            {
                Resources = [new(new Resource { Scope = alice.Scope, Id = "python", Url = name, Modality = Modality.Text, LocalPath = "elsewhere/" + name, CreatedAt = default })],
            },
            default);
        await File.WriteAllTextAsync(name, "I like tea");
        try
        {
            var result = await alice.MemorizeAsync(ResourceRef.File(name));
            Assert.Equal(MemorizeOutcome.Added, result.Outcome);
            Assert.Equal(2, (await alice.ListResourcesAsync()).Items.Count);
        }
        finally
        {
            File.Delete(name);
        }
    }

    [Fact]
    public async Task Progress_runs_through_the_stages_in_order()
    {
        List<MemorizeStage> stages = [];
        await alice.MemorizeAsync(Chat("a", "I like tea"), progress: new Recorder(stages));
        Assert.Equal(stages.Order(), stages);
        Assert.Equal(MemorizeStage.Fetch, stages[0]);
        Assert.Equal(MemorizeStage.Done, stages[^1]);
    }

    private sealed class Recorder(List<MemorizeStage> stages) : IProgress<MemorizeProgress>
    {
        public void Report(MemorizeProgress value) => stages.Add(value.Stage);
    }
}
