using MemU.Encryption;
using MemU.Sql;
using MemU.Storage;
using MemU.Tests.Encryption;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Which words a model has embedded is one row where many come at once, and as well known as in rows of their own.</summary>
public sealed class EmbeddedBlocksTests : IDisposable
{
    private const string Items = VectorCollections.Items;
    private const string Model = "paid-model";
    private const int Many = 600;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Many_texts_are_a_few_rows_in_which_each_is_found_and_none_of_another_space()
    {
        await FillAsync(Bob, "canary", Many);
        await FillAsync(Alice, "a", Many);

        Assert.Equal(["2|2|0"], house.Query(Counts));
        await using var store = house.Open();
        Assert.Equal([$"a {0:D3}"], await KnownAsync(store, "a says 0"));
        Assert.Equal([$"a {Many - 1:D3}"], await KnownAsync(store, $"a says {Many - 1}"));
        Assert.Empty(await KnownAsync(store, "canary says 7"));
        Assert.Empty(await store.FindEmbeddedTextsAsync(Alice, "another-model", [EmbeddedText.HashOf("a says 7")], Token));
    }

    [Fact]
    public async Task Fewer_than_a_hundred_are_rows_of_their_own()
    {
        await FillAsync(Alice, "a", EmbeddedBlocks.Least - 1);

        Assert.Equal([$"0|0|{EmbeddedBlocks.Least - 1}"], house.Query(Counts));
    }

    [Fact]
    public async Task What_is_removed_leaves_no_hash_behind_and_its_neighbours_are_known_still()
    {
        await FillAsync(Bob, "canary", Many);
        await FillAsync(Alice, "a", Many);
        await using (var store = house.Open())
        {
            await CommitAsync(store, Alice, new MemoryChanges { RemovedVectors = [(Items, "a 007")] });
            Assert.Empty(await KnownAsync(store, "a says 7"));
            Assert.Equal(["a 008"], await KnownAsync(store, "a says 8"));
        }

        // The half in which it stood became rows.
        Assert.Equal(["1|2|499"], house.Query(Counts));
        house.Close();
        house.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Equal(-1, house.ReadBytes().AsSpan().IndexOf(EmbeddedText.HashBytesOf("a says 7")));
        Assert.NotEqual(-1, house.ReadBytes().AsSpan().IndexOf(EmbeddedText.HashBytesOf("a says 8")));
    }

    [Fact]
    public async Task What_goes_with_its_source_leaves_no_hash_behind()
    {
        var ids = new IdSource(house.Clock);
        var sample = house.Sample(Alice, ids);
        MemoryItem[] items = [.. Enumerable.Range(0, Many).Select(n => sample.Items[0] with { Id = ids.Next(), Summary = $"a says {n}", PassageIds = [] })];
        await using (var store = house.Open())
        {
            await CommitAsync(store, Alice, new MemoryChanges
            {
                Resources = sample.Resources, Items = items, Vectors = [.. items.Select(i => Vector(i.Id, i.Summary))],
            });
        }

        Assert.Equal(["2|0|0"], house.Query(Counts));
        await using (var store = house.Open())
        {
            await CommitAsync(store, Alice, new MemoryChanges { RemovedResources = [sample.Resources[0].Resource.Id] });
        }

        Assert.Equal(["0|0|0"], house.Query(Counts));
    }

    [Fact]
    public async Task A_record_that_says_something_else_is_known_by_that_alone()
    {
        await FillAsync(Alice, "a", Many);
        await using var store = house.Open();

        await CommitAsync(store, Alice, new MemoryChanges { Vectors = [Vector("a 007", "Something else.")] });

        Assert.Empty(await KnownAsync(store, "a says 7"));
        Assert.Equal(["a 007"], await KnownAsync(store, "Something else."));
        Assert.Equal(["a 008"], await KnownAsync(store, "a says 8"));
    }

    [Fact]
    public async Task A_former_vector_is_kept_in_the_place_of_what_a_block_says()
    {
        await FillAsync(Alice, "a", Many);
        await using var store = house.Open();

        await CommitAsync(store, Alice, new MemoryChanges
        {
            FormerVectors = [Vector("a 007", "a says 7")],
            Vectors = [Vector("a 007", "a says 7") with { Model = "new-model" }],
        });

        Assert.Equal(1f, Assert.Single(await store.FindEmbeddedTextsAsync(Alice, Model, [EmbeddedText.HashOf("a says 7")], Token)).Vector?.Span[0]);
        Assert.Null(Assert.Single(await store.FindEmbeddedTextsAsync(Alice, "new-model", [EmbeddedText.HashOf("a says 7")], Token)).Vector);
    }

    [Fact]
    public async Task What_comes_among_those_of_a_block_is_rows()
    {
        await using (var store = house.Open())
        {
            await CommitAsync(store, Alice, new MemoryChanges { Vectors = [.. Enumerable.Range(0, 300).Select(n => Vector($"a {2 * n:D3}", $"a says {2 * n}"))] });
        }

        Assert.Equal(["1|0|0"], house.Query(Counts));
        await using (var store = house.Open())
        {
            await CommitAsync(store, Alice, new MemoryChanges { Vectors = [.. Enumerable.Range(0, 300).Select(n => Vector($"a {(2 * n) + 1:D3}", $"a says {(2 * n) + 1}"))] });
        }

        Assert.Equal(["0|0|600"], house.Query(Counts));
        await using var last = house.Open();
        Assert.Equal(["a 007"], await KnownAsync(last, "a says 7"));
        Assert.Equal(["a 008"], await KnownAsync(last, "a says 8"));
    }

    [Fact]
    public async Task An_erasure_takes_the_blocks_of_its_space_alone()
    {
        await FillAsync(Bob, "canary", Many);
        await FillAsync(Alice, "a", Many);
        await using var store = house.Open();

        await store.EraseAsync(Alice, Token);

        Assert.Equal(["0|2|0"], house.Query(Counts));
    }

    [Fact]
    public async Task Encrypted_no_hash_stands_in_clear_and_each_text_is_found()
    {
        await using var crypt = new CryptHouse();
        var seals = new EncryptedVectors(crypt.Open().SpaceKeys());
        await using (var store = new SqlMemoryStore(house.OpenDatabase(), holdsVectors: false, house.Clock, seals))
        {
            await CommitAsync(store, Alice, new MemoryChanges { Vectors = [.. Enumerable.Range(0, Many).Select(n => Vector($"a {n:D3}", $"a says {n}"))] });
        }

        Assert.Equal(["2|0|0"], house.Query(Counts));
        Assert.Equal(["0"], house.Query($"SELECT COUNT(*) FROM embedded_blocks WHERE instr(hashes, x'{EmbeddedText.HashOf("a says 7")}') > 0"));
        await using var again = new SqlMemoryStore(house.OpenDatabase(), holdsVectors: false, house.Clock, seals);
        Assert.Equal(["a 007"], await KnownAsync(again, "a says 7"));
    }

    [Fact]
    public async Task What_version_8_knew_is_known_after_the_upgrade()
    {
        house.MakeVersion(8,
            $"""
            INSERT INTO spaces (number, tenant_id, user_id, agent_id, revision, created_at) VALUES (5, 'default', 'alice', 'assistant_v1', 77, 1.5), (6, 'default', 'bob', 'assistant_v1', 77, 1.5);
            INSERT INTO embedded_texts VALUES (5, 'items', 'a', '{Model}', x'{EmbeddedText.HashOf("I sail.")}', NULL), (6, 'items', 'CANARY', '{Model}', x'{EmbeddedText.HashOf("I sail.")}', NULL);
            """);
        await using var store = house.Open();
        await store.MigrateAsync(Token);

        Assert.Equal(["a"], await KnownAsync(store, "I sail."));
    }

    // Blocks of Alice, blocks of Bob, rows of both.
    private const string Counts =
        """
        SELECT (SELECT COUNT(*) FROM embedded_blocks b JOIN spaces s ON s.number = b.space WHERE s.user_id = 'alice') || '|' ||
            (SELECT COUNT(*) FROM embedded_blocks b JOIN spaces s ON s.number = b.space WHERE s.user_id = 'bob') || '|' || (SELECT COUNT(*) FROM embedded_texts)
        """;

    private async Task FillAsync(MemoryScope scope, string word, int count)
    {
        await using var store = house.Open();
        await CommitAsync(store, scope, new MemoryChanges { Vectors = [.. Enumerable.Range(0, count).Select(n => Vector($"{word} {n:D3}", $"{word} says {n}"))] });
    }

    private static async Task CommitAsync(SqlMemoryStore store, MemoryScope scope, MemoryChanges changes)
    {
        await store.CommitAsync(scope, changes, Token);
        await store.SettleOwedVectorsAsync(scope, await store.ListOwedVectorsAsync(scope, 10_000, Token), Token);
    }

    private static VectorRecord Vector(string id, string text) => new() { Collection = Items, Id = id, Model = Model, Text = text, Vector = new float[] { 1, 2 } };

    private static async Task<string[]> KnownAsync(SqlMemoryStore store, string text) =>
        [.. (await store.FindEmbeddedTextsAsync(Alice, Model, [EmbeddedText.HashOf(text)], Token)).Select(t => t.Id)];
}
