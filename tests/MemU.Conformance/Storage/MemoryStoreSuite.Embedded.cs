using MemU.Storage;

namespace MemU.Conformance.Storage;

/// <summary>What models have embedded, so that they are not paid twice.</summary>
public abstract partial class MemoryStoreSuite
{
    private const string Text = "The user sails.";
    private static readonly MemoryScope Neighbour = new("bob");

    private Task<IReadOnlyList<EmbeddedText>> EmbeddedAsync(MemoryScope scope, string text = Text, string model = "test-model") =>
        Store.FindEmbeddedTextsAsync(scope, model, [EmbeddedText.HashOf(text), EmbeddedText.HashOf("never said")], Token);

    [Fact]
    public async Task A_written_vector_is_remembered_by_its_text_and_model()
    {
        var sample = Rows.Full();
        await CommitAsync(sample.Changes with { Vectors = [Vector(sample, Text, "test-model", 1)] });

        var found = Assert.Single(await EmbeddedAsync(Alice));

        Assert.Equal(new EmbeddedText(VectorCollections.Items, sample.Item.Id, "test-model", EmbeddedText.HashOf(Text), null), found);
        Assert.Empty(await EmbeddedAsync(Alice, model: "other-model"));
        Assert.Empty(await EmbeddedAsync(Alice, text: "The user sails"));
    }

    [Fact]
    public async Task What_cost_nothing_or_is_of_unknown_make_is_not_remembered()
    {
        var sample = Rows.Full();
        await CommitAsync(sample.Changes with { Vectors = [] });
        await CommitAsync(new MemoryChanges
        {
            Vectors = [Vector(sample, Text, "offline-hash-1", 1)], FormerVectors = [Vector(sample, Text, null, 2), Vector(sample, null, "test-model", 3)],
        });

        Assert.Empty(await EmbeddedAsync(Alice));
        Assert.Empty(await EmbeddedAsync(Alice, model: "offline-hash-1"));
    }

    [Fact]
    public async Task A_former_vector_is_kept_bit_by_bit_while_its_record_says_the_same()
    {
        var sample = Rows.Full();
        await CommitAsync(sample.Changes with { Vectors = [] });
        await CommitAsync(new MemoryChanges { FormerVectors = [Vector(sample, Text, "test-model", 0.1f, -0f)], Vectors = [Vector(sample, Text, "new-model", 2)] });

        Assert.Equal(new[] { 0.1f, -0f }, Assert.Single(await EmbeddedAsync(Alice)).Vector!.Value);
        Assert.Null(Assert.Single(await EmbeddedAsync(Alice, model: "new-model")).Vector);

        await CommitAsync(new MemoryChanges { Vectors = [Vector(sample, "The user rows.", "new-model", 3)] });
        Assert.Empty(await EmbeddedAsync(Alice));
        Assert.Empty(await EmbeddedAsync(Alice, model: "new-model"));
        Assert.Single(await EmbeddedAsync(Alice, text: "The user rows.", model: "new-model"));
    }

    [Theory]
    [InlineData("a-first", "z-last")]
    [InlineData("é-first", "日-last")]
    public async Task Former_words_of_one_record_among_many_new_ones_are_forgotten_and_no_others(string first, string last)
    {
        var sample = Rows.Full();
        await CommitAsync(sample.Changes with { Vectors = [Vector(sample, Text, "test-model", 1)] });
        await Store.CommitAsync(Neighbour, new MemoryChanges { Vectors = [Vector(sample, Text, "test-model", 1) with { Id = "neighbours" }] }, Token);
        await CommitAsync(new MemoryChanges { Vectors = [Vector(sample, Text, "test-model", 2) with { Id = "other" }] });

        await CommitAsync(new MemoryChanges
        {
            Vectors =
            [
                Vector(sample, "The user skis.", "test-model", 3) with { Id = last },
                Vector(sample, "The user rows.", "new-model", 4),
                Vector(sample, "The user dives.", "test-model", 5) with { Id = first },
            ],
        });

        Assert.Equal("other", Assert.Single(await EmbeddedAsync(Alice)).Id);
        Assert.Equal(sample.Item.Id, Assert.Single(await EmbeddedAsync(Alice, text: "The user rows.", model: "new-model")).Id);
        Assert.Equal(first, Assert.Single(await EmbeddedAsync(Alice, text: "The user dives.")).Id);
        Assert.Equal(last, Assert.Single(await EmbeddedAsync(Alice, text: "The user skis.")).Id);
        Assert.Equal("neighbours", Assert.Single(await EmbeddedAsync(Neighbour)).Id);
    }

    [Fact]
    public async Task A_vector_that_comes_back_to_the_index_is_not_kept_twice()
    {
        var sample = Rows.Full();
        await CommitAsync(sample.Changes with { Vectors = [] });
        await CommitAsync(new MemoryChanges { FormerVectors = [Vector(sample, Text, "test-model", 1)], Vectors = [Vector(sample, Text, "new-model", 2)] });
        await CommitAsync(new MemoryChanges { FormerVectors = [Vector(sample, Text, "new-model", 2)], Vectors = [Vector(sample, Text, "test-model", 1)] });

        Assert.Null(Assert.Single(await EmbeddedAsync(Alice)).Vector);
        Assert.Equal(new[] { 2f }, Assert.Single(await EmbeddedAsync(Alice, model: "new-model")).Vector!.Value);
    }

    [Fact]
    public async Task What_is_removed_is_not_remembered_either()
    {
        foreach (var removal in new Func<Sample, MemoryChanges>[]
        {
            s => new MemoryChanges { RemovedItems = [s.Item.Id] }, s => new MemoryChanges { RemovedResources = [s.Resource.Id] },
            s => new MemoryChanges { RemovedVectors = [(VectorCollections.Items, s.Item.Id)] },
        })
        {
            var sample = Rows.Full();
            await CommitAsync(sample.Changes with { Vectors = [] });
            await CommitAsync(new MemoryChanges { FormerVectors = [Vector(sample, Text, "test-model", 1)], Vectors = [Vector(sample, Text, "new-model", 2)] });
            Assert.Single(await EmbeddedAsync(Alice));

            await CommitAsync(removal(sample));

            Assert.Empty(await EmbeddedAsync(Alice));
            Assert.Empty(await EmbeddedAsync(Alice, model: "new-model"));
        }
    }

    [Fact]
    public async Task An_erased_space_has_nothing_embedded_and_its_neighbour_still_has()
    {
        foreach (var rows in new[] { Rows, new Rows(Neighbour, 2) })
        {
            var sample = rows.Full();
            await Store.CommitAsync(rows.Scope, sample.Changes with { Vectors = [] }, Token);
            await Store.CommitAsync(
                rows.Scope, new MemoryChanges { FormerVectors = [Vector(sample, Text, "test-model", 1)], Vectors = [Vector(sample, Text, "new-model", 2)] }, Token);
        }

        await Store.EraseAsync(Alice, Token);

        Assert.Empty(await EmbeddedAsync(Alice));
        Assert.Empty(await EmbeddedAsync(Alice, model: "new-model"));
        Assert.Single(await EmbeddedAsync(Neighbour));
    }

    [Fact]
    public async Task What_another_space_had_embedded_is_not_known_here()
    {
        var theirs = new Rows(Neighbour, 2).Full();
        await Store.CommitAsync(Neighbour, theirs.Changes with { Vectors = [] }, Token);
        await Store.CommitAsync(Neighbour, new MemoryChanges { FormerVectors = [Vector(theirs, Text, "test-model", 1)] }, Token);
        await Store.CommitAsync(Neighbour, new MemoryChanges { Vectors = [Vector(theirs, Text, "new-model", 1)] }, Token);

        Assert.Empty(await EmbeddedAsync(Alice));
        Assert.Empty(await EmbeddedAsync(Alice, model: "new-model"));
        Assert.Single(await EmbeddedAsync(Neighbour));
    }

    [Fact]
    public async Task A_commit_that_fails_remembers_nothing()
    {
        var sample = Rows.Full();
        await CommitAsync(sample.Changes with { Vectors = [] });
        var failing = new MemoryChanges { Vectors = [Vector(sample, Text, "test-model", 1)], ExpectedItems = [sample.Item with { Summary = "Something else." }] };

        await Assert.ThrowsAsync<ConcurrentChangeException>(() => CommitAsync(failing));

        Assert.Empty(await EmbeddedAsync(Alice));
    }

    private static VectorRecord Vector(Sample sample, string? text, string? model, params float[] vector) => new()
    {
        Collection = VectorCollections.Items, Id = sample.Item.Id, Vector = vector, Text = text, Model = model,
    };
}
