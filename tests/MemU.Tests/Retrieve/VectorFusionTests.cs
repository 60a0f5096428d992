using MemU.Reasoning;
using MemU.Retrieve;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Tests.Retrieve;

public sealed class VectorFusionTests
{
    private static readonly string[] Instruments = ["cello", "violin", "instrument"];
    private static readonly string[] Food = ["bread", "soup", "meal"];

    [Fact]
    public async Task A_vector_finds_what_shares_no_word_with_the_question()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments, Food));
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "The bread was warm."), ("Alice", "Her violin is old."), ("Alice", "It rained.")]);
        var result = await house.AskAsync("Any instrument?", RetrieveOptions.Fast);
        Assert.Contains("violin", result.Items[0].Value.Summary);
        Assert.Contains("violin", result.Evidence[0].Value.Text);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public async Task The_name_of_who_is_asked_about_draws_no_vector_to_who_addresses_that_person()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments, ["Alice"]));
        (string, string)[] talk = [("Ben", "Alice, come in!"), ("Alice", "Her violin is old."), ("Ben", "It rained."), ("Alice", "It did.")];
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", talk, withItems: false);
        await house.AddTalkAsync(RetrieveHouse.Bob, "Talk", [("Alice", "Canary violin.")], withItems: false);
        var result = await house.AskAsync("Any instrument, Alice?", RetrieveOptions.Fast);
        Assert.Contains("violin", result.Evidence[0].Value.Text);
        Assert.All(result.Evidence, e => Assert.DoesNotContain("Canary", e.Value.Text));
        Assert.Equal(["Any instrument, Alice?", "Any instrument, ?"], house.Embedding.Asked);
    }

    [Fact]
    public async Task Prefixes_stand_before_questions_and_before_other_texts()
    {
        var embedding = new TopicEmbedding();
        var model = new EmbeddingModel(embedding, "topics-1", isOffline: false) { QueryPrefix = "query: ", PassagePrefix = "passage: " };
        await model.EmbedQueriesAsync(["Who plays?"], new ReasoningLog(), CancellationToken.None);
        await model.EmbedAsync(["Ann does.", "I see."], new ReasoningLog(), CancellationToken.None);
        Assert.Equal(["query: Who plays?", "passage: Ann does.", "passage: I see."], embedding.Asked);
    }

    [Fact]
    public async Task Offline_vectors_do_not_outrank_words()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments, Food), isOffline: true);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "Her violin is old."), ("Alice", "Any porridge left?")]);
        var result = await house.AskAsync("porridge, not an instrument", RetrieveOptions.Fast);
        Assert.Contains("porridge", result.Items[0].Value.Summary);
        Assert.Contains("violin", result.Items[1].Value.Summary);
    }

    [Fact]
    public async Task Missing_vectors_are_reported_and_words_still_answer()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments));
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "I play the cello."), ("Alice", "It rained.")]);
        var items = (await house.Store.ListItemsAsync(RetrieveHouse.Alice, ItemFilter.All, PageRequest.First, CancellationToken.None)).Items;
        var cello = items.Single(i => i.Summary.Contains("cello"));
        await house.Store.CommitAsync(
            RetrieveHouse.Alice, new MemoryChanges { RemovedVectors = [(VectorCollections.Items, cello.Id)] }, CancellationToken.None);
        var result = await house.AskAsync("Who plays the cello?", RetrieveOptions.Fast);
        Assert.Equal(cello.Id, result.Items[0].Value.Id);
        var warning = Assert.Single(result.Warnings);
        Assert.Contains("1 of 2 items have no vector of the embedding model 'topics-1'", warning);
        Assert.Contains("memu reindex", warning);
    }

    [Theory]
    [InlineData("topics-1", 7)]
    [InlineData("another-model", 2)]
    public async Task Vectors_of_another_model_or_dimension_are_reported_and_words_still_answer(string model, int dimension)
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments));
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "I play the cello."), ("Alice", "It rained.")]);
        foreach (var collection in new[] { VectorCollections.Items, VectorCollections.Passages, VectorCollections.Resources })
        {
            await house.AskAsync("rain", RetrieveOptions.Fast);
            var records = await house.Index.ListAsync(RetrieveHouse.Alice, collection, CancellationToken.None).ToListAsync();
            var changed = records.Select(r => r with { Vector = Enumerable.Repeat(1f, dimension).ToArray(), Model = model });
            await house.Store.CommitAsync(RetrieveHouse.Alice, new MemoryChanges { Vectors = [.. changed] }, CancellationToken.None);
        }

        var result = await house.AskAsync("Who plays the cello?", RetrieveOptions.Fast);
        Assert.Contains("cello", result.Items[0].Value.Summary);
        Assert.Contains("cello", result.Evidence[0].Value.Text);
        Assert.Contains(result.Warnings, w => w.StartsWith("2 of 2 items", StringComparison.Ordinal) && w.Contains("2 of them one of another model"));
        Assert.Contains(result.Warnings, w => w.StartsWith("2 of 2 passages", StringComparison.Ordinal));
        Assert.Contains(result.Warnings, w => w.StartsWith("1 of 1 resources", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_no_words_is_not_missed_among_the_vectors()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments));
        var talk = await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "I play the cello.")]);
        await house.AddCategoryAsync(RetrieveHouse.Alice, "activities", "Hobbies", null);
        var blank = new Passage { Scope = RetrieveHouse.Alice, Id = "blank", ResourceId = talk.Id, Position = 9, Start = 900, Role = "Alice", Text = " " };
        await house.Store.CommitAsync(RetrieveHouse.Alice, new MemoryChanges { Passages = [blank] }, CancellationToken.None);
        Assert.Empty((await house.AskAsync("cello")).Warnings);
    }

    [Fact]
    public async Task A_warning_goes_away_when_the_vectors_are_there_again()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments), isOffline: true);
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "I play the cello.")]);
        await house.AskAsync("cello");
        var record = await house.Index.ListAsync(RetrieveHouse.Alice, VectorCollections.Items, CancellationToken.None).SingleAsync();
        await house.Store.CommitAsync(RetrieveHouse.Alice, new MemoryChanges { RemovedVectors = [(record.Collection, record.Id)] }, CancellationToken.None);
        Assert.Single((await house.AskAsync("cello")).Warnings);
        await house.Index.ApplyAsync(RetrieveHouse.Alice, new VectorChanges { Upserted = [record] }, CancellationToken.None);
        Assert.Empty((await house.AskAsync("cello")).Warnings);
    }

    [Fact]
    public async Task Owed_vectors_are_delivered_before_the_search()
    {
        var house = new RetrieveHouse(new TopicEmbedding(Instruments));
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "Her violin is old.")]);
        Assert.NotEmpty(await house.Store.ListOwedVectorsAsync(RetrieveHouse.Alice, 10, CancellationToken.None));
        var result = await house.AskAsync("Any instrument?", RetrieveOptions.Fast);
        Assert.Contains("violin", Assert.Single(result.Items).Value.Summary);
        Assert.Empty(await house.Store.ListOwedVectorsAsync(RetrieveHouse.Alice, 10, CancellationToken.None));
    }

    [Fact]
    public async Task A_damaged_index_is_an_error()
    {
        var house = new RetrieveHouse(index: new DamagedVectorIndex());
        await house.AddTalkAsync(RetrieveHouse.Alice, "Talk", [("Alice", "Her violin is old.")]);
        await Assert.ThrowsAsync<MemoryStoreException>(() => house.AskAsync("violin", RetrieveOptions.Fast));
    }
}
