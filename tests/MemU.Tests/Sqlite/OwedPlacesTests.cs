using System.Globalization;
using MemU.Encryption;
using MemU.Sql;
using MemU.Storage;
using MemU.Tests.Encryption;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Delivered debts are written over where they stand, and of which words their vectors were made is known wherever they are.</summary>
public sealed class OwedPlacesTests : IDisposable
{
    private const string Model = "paid-model";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_debt_that_is_written_over_a_delivered_one_writes_three_pages_whatever_its_words()
    {
        await using var store = house.Open();
        for (var i = 0; i < 70; i++)
        {
            await CommitAndSettleAsync(store, Alice, $"id {i:D3}", Words(i));
        }

        house.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        for (var i = 70; i < 120; i++)
        {
            await CommitAndSettleAsync(store, Alice, $"id {i:D3}", Words(i));
        }

        // Its row, what does not fit into a page of it, and the row of the space.
        Assert.Equal(3 * 50, (new FileInfo(house.File + "-wal").Length - 32) / (4096 + 24));
        Assert.Equal(["64"], house.Query("SELECT COUNT(*) FROM owed_vectors"));

        static string Words(int i) => new('w', 10 + (i * 7 % 90));
    }

    [Fact]
    public async Task A_large_commit_takes_the_rows_of_the_one_before_and_no_other_page()
    {
        const int Many = 300;
        await using var store = house.Open();

        // That of another space would make them many.
        await CommitAndSettleAsync(store, Bob, "b", "canary");
        await CommitManyAsync("first");
        await CommitManyAsync("second");
        Assert.Equal([$"{Many + 1}"], house.Query("SELECT COUNT(*) FROM owed_vectors"));
        house.Run("CREATE TABLE removed (place INTEGER); CREATE TRIGGER removal AFTER DELETE ON owed_vectors BEGIN INSERT INTO removed VALUES (old.place); END");
        house.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        await CommitManyAsync("third");
        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM removed"));

        // Two pages a vector of 6 kB, some of the tree above them, the row of the space, and the one that remembers what the second ones said.
        var pages = (new FileInfo(house.File + "-wal").Length - 32) / (4096 + 24);
        Assert.InRange(pages, 2 * Many, (2 * Many) + 20);
        Assert.Equal([$"{Many + 1}"], house.Query("SELECT COUNT(*) FROM owed_vectors"));
        Assert.Equal(["0"], house.Query("PRAGMA freelist_count"));
        Assert.Equal(["second 007"], await KnownAsync(store, "second says 007"));

        // A single one leaves few of them behind it, and none of the earlier words.
        await CommitAndSettleAsync(store, Alice, "single", "One.");
        Assert.InRange(int.Parse(house.Query("SELECT COUNT(*) FROM owed_vectors")[0], CultureInfo.InvariantCulture), 0, 65);
        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE text LIKE 'first%' OR text LIKE 'second%'"));

        async Task CommitManyAsync(string word)
        {
            await store.CommitAsync(Alice, new MemoryChanges { Vectors = [.. Enumerable.Range(0, Many).Select(i => Change($"{word} {i:D3}", $"{word} says {i:D3}").Vectors[0])] }, Token);
            await store.SettleOwedVectorsAsync(Alice, await store.ListOwedVectorsAsync(Alice, 1000, Token), Token);
        }
    }

    [Fact]
    public async Task A_debt_that_is_not_delivered_is_never_written_over()
    {
        await using var store = house.Open();
        await store.CommitAsync(Alice, Change("waits", "It waits."), Token);
        await using var other = house.Open();
        for (var i = 0; i < 150; i++)
        {
            var owed = (await other.CommitAsync(Alice, Change($"id {i}", "Quick."), Token)).Owed;
            Assert.Null(owed);
            if (i % 50 == 0)
            {
                // Delivered out of order would be wrong; nothing that is settled through here is the one that waits.
                Assert.Contains(await other.ListOwedVectorsAsync(Alice, 1000, Token), o => o.Id == "waits");
            }
        }

        Assert.Equal(151, (await other.ListOwedVectorsAsync(Alice, 1000, Token)).Count);
        Assert.Equal("waits", (await store.ListOwedVectorsAsync(Alice, 1000, Token))[0].Id);
    }

    [Fact]
    public async Task Debts_are_listed_in_the_order_of_commits_after_places_were_used_again()
    {
        await using var store = house.Open();
        for (var i = 0; i < 70; i++)
        {
            await CommitAndSettleAsync(store, Alice, $"before {i}", "Old.");
        }

        await store.CommitAsync(Alice, Change("one", "First."), Token);
        await store.CommitAsync(Alice, Change("one", "Second."), Token);
        await store.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [(VectorCollections.Items, "two")] }, Token);

        var owed = await store.ListOwedVectorsAsync(Alice, 10, Token);
        Assert.Equal([("one", "First."), ("one", "Second."), ("two", null)], owed.Select(o => (o.Id, o.Record?.Text)));
        Assert.Equal(owed.Select(o => o.Sequence).Order(), owed.Select(o => o.Sequence));
        Assert.Equal(3, (await store.GetStatisticsAsync(Alice, Token)).OwedVectors);
        Assert.True(await store.OwesVectorsAsync(Alice, Token));
    }

    [Fact]
    public async Task A_debt_comes_after_those_before_it_though_they_took_the_numbers_of_milliseconds_to_come()
    {
        await using var store = house.Open();
        await store.CommitAsync(Alice, Change("one", "First."), Token);
        house.Run("UPDATE owed_vectors SET sequence = sequence + (1 << 30)");
        await store.CommitAsync(Alice, Change("one", "Second."), Token);

        var owed = await store.ListOwedVectorsAsync(Alice, 10, Token);
        Assert.Equal("Second.", owed.MaxBy(o => o.Sequence)!.Record!.Text);
    }

    [Fact]
    public async Task Words_of_what_is_removed_leave_with_it_and_a_neighbours_stay()
    {
        await using var store = house.Open();
        await using var other = house.Open();
        await CommitAndSettleAsync(other, Bob, "CANARY", "CANARY of Bob");
        for (var i = 0; i < 66; i++)
        {
            await CommitAndSettleAsync(store, Alice, $"id {i}", $"SECRET {i}");
        }

        Assert.NotEqual(["0"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE text LIKE 'SECRET%'"));

        // By another process, which knows nothing of what the first one left.
        await other.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [.. Enumerable.Range(0, 66).Select(i => (VectorCollections.Items, $"id {i}"))] }, Token);
        await other.SettleOwedVectorsAsync(Alice, await other.ListOwedVectorsAsync(Alice, 1000, Token), Token);
        await other.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [(VectorCollections.Items, "none")] }, Token);

        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE text LIKE 'SECRET%'"));
        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM embedded_texts WHERE id LIKE 'id%'"));
        Assert.Equal(["1"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE text LIKE '%CANARY%'"));
    }

    [Fact]
    public async Task Words_of_what_was_removed_before_they_were_delivered_do_not_wait_to_be_written_over()
    {
        await using var store = house.Open();
        for (var i = 0; i < 30; i++)
        {
            await store.CommitAsync(Alice, Change("gone", "SECRET"), Token);
        }

        await store.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [(VectorCollections.Items, "gone")] }, Token);
        for (var i = 0; i < 40; i++)
        {
            await CommitAndSettleAsync(store, Alice, $"id {i}", "It stays.");
        }

        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE text = 'SECRET'"));
    }

    [Fact]
    public async Task Delivered_rows_that_a_killed_process_left_are_found_by_the_next_one_after_a_commit_without_vectors()
    {
        // Killed: it is not closed.
        var killed = house.Open();
        for (var i = 0; i < 65; i++)
        {
            await CommitAndSettleAsync(killed, Alice, $"id {i}", $"former words {i}");
        }

        await killed.CommitAsync(Alice, new MemoryChanges(), Token);
        await CommitAndSettleAsync(killed, Bob, "CANARY", "CANARY");
        await using var store = house.Open(holdsVectors: true);
        await store.SettleOwedVectorsAsync(Alice, await store.ListOwedVectorsAsync(Alice, 1000, Token), Token);
        await store.CommitAsync(Alice, Change("id 30", "Other words."), Token);

        Assert.Equal(["CANARY"], house.Query("SELECT text FROM owed_vectors"));
    }

    [Fact]
    public async Task What_was_embedded_is_known_while_it_is_owed_and_after_it_was_struck_off_and_to_its_space_alone()
    {
        var store = house.Open();
        await store.CommitAsync(Bob, Change("CANARY", "I sail."), Token);
        var owed = (await store.CommitAsync(Alice, Change("a", "I sail."), Token)).Owed!;
        Assert.Equal(["a"], await KnownAsync(store, "I sail."));
        await store.SettleOwedVectorsAsync(Alice, owed, Token);
        Assert.Equal(["a"], await KnownAsync(store, "I sail."));
        await store.DisposeAsync();

        await using var next = house.Open();
        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM owed_vectors o JOIN spaces s ON s.number = o.place >> 32 WHERE s.user_id = 'alice'"));
        Assert.Equal(["a"], await KnownAsync(next, "I sail."));
    }

    [Fact]
    public async Task Former_words_of_a_record_are_not_remembered_when_its_debts_are_struck_off()
    {
        var store = house.Open();
        await CommitAndSettleAsync(store, Alice, "a", "I sail.");
        await CommitAndSettleAsync(store, Alice, "a", "I row.");
        await CommitAndSettleAsync(store, Alice, "b", "I swim.");
        await store.CommitAsync(Alice, new MemoryChanges { RemovedVectors = [(VectorCollections.Items, "b")] }, Token);
        Assert.Empty(await KnownAsync(store, "I sail."));
        Assert.Empty(await KnownAsync(store, "I swim."));
        await store.DisposeAsync();

        await using var next = house.Open();
        Assert.Empty(await KnownAsync(next, "I sail."));
        Assert.Empty(await KnownAsync(next, "I swim."));
        Assert.Equal(["a"], await KnownAsync(next, "I row."));
    }

    [Fact]
    public async Task An_erasure_takes_delivered_rows_along_and_leaves_a_neighbours()
    {
        await using var store = house.Open();
        await CommitAndSettleAsync(store, Alice, "a", "SECRET");
        await CommitAndSettleAsync(store, Bob, "CANARY", "CANARY");

        await store.EraseAsync(Alice, Token);

        Assert.Equal(["CANARY"], house.Query("SELECT text FROM owed_vectors"));
    }

    [Fact]
    public async Task What_was_embedded_is_known_after_it_was_struck_off_where_the_texts_of_debts_are_sealed()
    {
        await using var crypt = new CryptHouse();
        var seals = new EncryptedVectors(crypt.Open().SpaceKeys());
        var store = new SqlMemoryStore(house.OpenDatabase(), holdsVectors: false, house.Clock, seals);
        await CommitAndSettleAsync(store, Alice, "a", "I sail.");
        Assert.Equal(["a"], await KnownAsync(store, "I sail."));
        await store.DisposeAsync();

        await using var next = new SqlMemoryStore(house.OpenDatabase(), holdsVectors: false, house.Clock, seals);
        Assert.Equal(["0"], house.Query("SELECT COUNT(*) FROM owed_vectors"));
        Assert.Equal(["a"], await KnownAsync(next, "I sail."));
    }

    [Fact]
    public async Task An_erased_space_leaves_a_copy_that_holds_its_debts_too()
    {
        var store = house.Open();
        await store.CommitAsync(Bob, Change("neighbour", "neighbour"), Token);
        for (var i = 0; i < 65; i++)
        {
            await CommitAndSettleAsync(store, Alice, $"CANARY {i}", $"CANARY {i}");
        }

        await store.CommitAsync(Alice, Change("CANARY", "CANARY owed"), Token);
        house.Query("PRAGMA wal_checkpoint(TRUNCATE)");
        var copy = house.File + ".before-99-20251103T090000Z.bak";
        File.Copy(house.File, copy);
        Assert.Equal(["64"], house.Query("SELECT COUNT(*) FROM owed_vectors WHERE id LIKE 'CANARY%'", copy));
        await store.EraseAsync(Alice, Token);
        await store.ScrubAsync([Alice], Token);

        house.Close();
        Assert.All(Directory.GetFiles(house.Folder), f => Assert.DoesNotContain("CANARY", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        Assert.Equal(["neighbour"], house.Query("SELECT text FROM owed_vectors", copy));
    }

    [Fact]
    public async Task Debts_are_not_lost_on_a_machine_whose_clock_is_centuries_ahead()
    {
        house.Clock.SetUtcNow(new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var store = house.Open();
        await store.CommitAsync(Alice, Change("a", "First."), Token);
        await store.CommitAsync(Alice, Change("b", "Second."), Token);

        Assert.Equal(["a", "b"], (await store.ListOwedVectorsAsync(Alice, 10, Token)).Select(o => o.Id));
        Assert.True(await store.OwesVectorsAsync(Alice, Token));
    }

    [Fact]
    public async Task Debts_of_version_7_are_owed_in_their_order_after_the_upgrade()
    {
        house.MakeVersion(7,
            """
            INSERT INTO spaces (number, tenant_id, user_id, agent_id, revision, created_at) VALUES (5, 'default', 'alice', 'assistant_v1', 77, 1.5);
            INSERT INTO owed_vectors (tenant_id, user_id, agent_id, collection, id, model, vector, text) VALUES
                ('default', 'alice', 'assistant_v1', 'items', 'a', 'paid-model', x'0000803F', 'I sail.'),
                ('default', 'bob', 'assistant_v1', 'items', 'CANARY', 'paid-model', x'0000803F', 'I sail.'),
                ('default', 'alice', 'assistant_v1', 'items', 'a', NULL, NULL, NULL),
                ('default', 'alice', 'assistant_v1', 'items', 'b', 'paid-model', x'00000040', NULL);
            """);
        await using var store = house.Open();
        await store.MigrateAsync(Token);

        var owed = await store.ListOwedVectorsAsync(Alice, 10, Token);
        Assert.Equal([("a", 1f), ("a", null), ("b", 2f)], owed.Select(o => (o.Id, o.Record?.Vector.Span[0])));
        Assert.Equal("CANARY", Assert.Single(await store.ListOwedVectorsAsync(Bob, 10, Token)).Id);

        await store.CommitAsync(Alice, Change("c", "After."), Token);
        await store.SettleOwedVectorsAsync(Alice, owed, Token);
        Assert.Equal("c", Assert.Single(await store.ListOwedVectorsAsync(Alice, 10, Token)).Id);
        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public void A_filler_makes_rows_of_any_words_as_long_as_a_multiple_of_256_bytes()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var text = random.Next(20) == 0 ? null : string.Concat(Enumerable.Repeat(random.Next(2) == 0 ? "é" : "x", random.Next(random.Next(2) == 0 ? 70 : 9000)));
            var id = new string('i', random.Next(1, 300));
            var vector = random.Next(3) == 0 ? 0 : random.Next(20_000);

            var filler = RowFiller.For(vector, "items", id, text);

            Assert.Equal(0, (Taken(vector) + Taken(5) + Taken(id.Length) + Taken(System.Text.Encoding.UTF8.GetByteCount(text ?? "")) + Taken(filler.Length)) % 256);
        }

        // A value and its serial type, 12 or 13 more than twice its length, in groups of seven bits.
        static int Taken(int bytes) => bytes + (int)Math.Ceiling(((2 * bytes) + 13).ToString("b", CultureInfo.InvariantCulture).Length / 7.0);
    }

    private static MemoryChanges Change(string id, string text) => new()
    {
        Vectors = [new VectorRecord { Collection = VectorCollections.Items, Id = id, Model = Model, Text = text, Vector = Enumerable.Repeat(1 + (id.Length > 3 && int.TryParse(id[3..], out var number) ? number : 0f), 1500).ToArray() }],
    };

    private static async Task CommitAndSettleAsync(SqlMemoryStore store, MemoryScope scope, string id, string text)
    {
        await store.CommitAsync(scope, Change(id, text), Token);
        await store.SettleOwedVectorsAsync(scope, await store.ListOwedVectorsAsync(scope, 1000, Token), Token);
    }

    private static async Task<string[]> KnownAsync(SqlMemoryStore store, string text) =>
        [.. (await store.FindEmbeddedTextsAsync(Alice, Model, [EmbeddedText.HashOf(text)], Token)).Select(t => t.Id)];
}
