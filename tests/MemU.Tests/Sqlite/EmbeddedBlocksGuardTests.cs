using System.Globalization;
using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Blocks of embedded texts keep to their space, go without a trace, and stop nobody when they are damaged.</summary>
public sealed class EmbeddedBlocksGuardTests : IDisposable
{
    private const string Items = VectorCollections.Items;
    private const string Model = "paid-model";
    private const int Many = 120;
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public static TheoryData<string> Damages =>
    [
        "hashes = x'0001'", "hashes = x''", "hashes = substr(hashes, 17)", "hashes = CAST(hashes || x'00' AS BLOB)",
        "ids = x''", "ids = substr(ids, 3)", "ids = substr(ids, 1, length(ids) - 1)", "ids = CAST(x'0178' || substr(ids, 7) AS BLOB)", "ids = CAST('no list' AS BLOB)",
        "ids = CAST(x'FFFFFFFFFF' AS BLOB)", "ids = CAST(substr(ids, 1, 1) || x'FFFFFFFFFF' || substr(ids, 7) AS BLOB)", "first_id = 'a 00'",
    ];

    public static TheoryData<int> Versions => [.. Enumerable.Range(1, SqliteSchema.Latest - 1)];

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Spaces_with_the_same_ids_and_words_know_each_their_own()
    {
        // Each word stands under another id there; some words only there.
        await FillAsync(Alice, n => $"says {n}");
        await FillAsync(Bob, n => n < 60 ? $"says {Many - 1 - n}" : $"canary {n}");
        await using var store = house.Open();

        Assert.Equal(["a 100"], await KnownAsync(store, Alice, "says 100"));
        Assert.Equal(["a 019"], await KnownAsync(store, Bob, "says 100"));
        Assert.Empty(await KnownAsync(store, Alice, "canary 70"));
        Assert.Equal(["a 070"], await KnownAsync(store, Bob, "canary 70"));
        Assert.Empty(await KnownAsync(store, Bob, "says 7"));
    }

    [Fact]
    public async Task What_becomes_rows_in_one_space_stays_a_block_in_the_other()
    {
        await FillAsync(Alice, n => $"says {n}");
        await FillAsync(Bob, n => $"says {n}");
        await using var store = house.Open();

        await CommitAsync(store, Alice, new MemoryChanges { RemovedVectors = [(Items, "a 007")] });

        Assert.Equal(["bob|a 000|a 119"], house.Query("SELECT s.user_id, first_id, last_id FROM embedded_blocks b JOIN spaces s ON s.number = b.space"));
        Assert.Equal(["alice|119"], house.Query("SELECT s.user_id, COUNT(*) FROM embedded_texts t JOIN spaces s ON s.number = t.space GROUP BY 1"));
        Assert.Empty(await KnownAsync(store, Alice, "says 7"));
        Assert.Equal(["a 007"], await KnownAsync(store, Bob, "says 7"));
    }

    [Theory]
    [InlineData("A before all")]
    [InlineData("a 119 and after all")]
    public async Task A_block_that_does_not_reach_over_an_id_stays_as_it_is(string id)
    {
        await FillAsync(Alice, n => $"says {n}");
        await using var store = house.Open();

        await CommitAsync(store, Alice, new MemoryChanges { RemovedVectors = [(Items, id)] });

        Assert.Equal(["1|0"], house.Query(Counts));
    }

    [Fact]
    public void Every_table_of_a_space_is_emptied_by_an_erasure()
    {
        using (house.OpenDatabase())
        {
            house.MakeVersion(SqliteSchema.Latest, "SELECT 1");
        }

        Assert.Equal(
            house.Query("SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'space' ORDER BY 1"),
            SqlErasure.VectorTables.Order(StringComparer.Ordinal));
        Assert.Equal(
            house.Query("SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'tenant_id' ORDER BY 1"),
            SqlErasure.Tables.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_erasure_leaves_no_hash_and_no_id_of_a_block_in_the_file()
    {
        var uuid = Guid.Parse("0198c0de-1111-7222-8333-444455556666");
        await using (var store = house.Open())
        {
            await CommitAsync(store, Alice, new MemoryChanges { Vectors = [Vector(uuid.ToString(), "canary"), .. Enumerable.Range(0, Many).Select(n => Vector($"canary-{n:D3}", $"says {n}"))] });
            await CommitAsync(store, Bob, new MemoryChanges { Vectors = [.. Enumerable.Range(0, Many).Select(n => Vector($"bob-{n:D3}", $"bob {n}"))] });
        }

        byte[][] traces = [EmbeddedText.HashBytesOf("canary"), EmbeddedText.HashBytesOf("says 77"), uuid.ToByteArray(bigEndian: true), "canary-077"u8.ToArray()];
        Assert.All(traces, t => Assert.True(Holds(t)));
        await using (var store = house.Open())
        {
            await store.EraseAsync(Alice, Token);
            await store.ScrubAsync([Alice], Token);
        }

        Assert.All(traces, t => Assert.False(Holds(t)));
        Assert.True(Holds(EmbeddedText.HashBytesOf("bob 77")));
    }

    [Fact]
    public async Task What_an_older_program_wrote_beside_a_block_counts_and_stops_nothing()
    {
        await FillAsync(Alice, n => $"says {n}");
        house.Run($"INSERT INTO embedded_texts SELECT space, collection, 'a 007', model, x'{EmbeddedText.HashOf("newer")}', NULL FROM embedded_blocks");
        await using var store = house.Open();

        await CommitAsync(store, Alice, new MemoryChanges { RemovedVectors = [(Items, "a 050")] });

        Assert.Equal(["a 007"], await KnownAsync(store, Alice, "newer"));
        Assert.Empty(await KnownAsync(store, Alice, "says 7"));
        Assert.Equal(["a 008"], await KnownAsync(store, Alice, "says 8"));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_block_is_told_of_by_its_name_passed_over_and_forgotten_alone(string damage)
    {
        await FillAsync(Alice, n => $"says {n}");
        await FillAsync(Bob, n => $"says {n}");
        house.Run($"UPDATE embedded_blocks SET {damage} WHERE space = (SELECT number FROM spaces WHERE user_id = 'alice')");
        await using var store = house.Open();

        var finding = Assert.Single(await store.CheckAsync(Token).ToListAsync(Token));
        Assert.Equal("bad-embedded-texts", finding.Code);
        Assert.Contains("memu reindex", finding.Remedy, StringComparison.Ordinal);
        Assert.Empty(await KnownAsync(store, Alice, "says 7"));
        Assert.Equal(["a 007"], await KnownAsync(store, Bob, "says 7"));

        await store.ForgetDamagedTextsAsync(Bob, Token);
        Assert.Equal("bad-embedded-texts", Assert.Single(await store.CheckAsync(Token).ToListAsync(Token)).Code);
        await store.ForgetDamagedTextsAsync(Alice, Token);
        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
        Assert.Equal(["1|0"], house.Query(Counts));
        Assert.Equal(["a 007"], await KnownAsync(store, Bob, "says 7"));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_block_stops_nobody_who_writes_or_removes_a_record_of_it(string damage)
    {
        await FillAsync(Alice, n => $"says {n}");
        house.Run($"UPDATE embedded_blocks SET {damage}");
        await using var store = house.Open();

        await CommitAsync(store, Alice, new MemoryChanges { RemovedVectors = [(Items, "a 007")] });
        await CommitAsync(store, Alice, new MemoryChanges { Vectors = [Vector("a 008", "Something else.")] });

        Assert.Equal(["0|0"], house.Query(Counts));
        Assert.Equal(["a 008"], await KnownAsync(store, Alice, "Something else."));
        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_block_that_reaches_into_another_is_damaged()
    {
        await FillAsync(Alice, n => $"says {n}");
        await using var store = house.Open();
        house.Run("INSERT INTO embedded_blocks SELECT space, collection, 'a 050', 'a 050', model, substr(hashes, 1, 16), x'0561203035' || x'30' FROM embedded_blocks");

        await store.ForgetDamagedTextsAsync(Alice, Token);

        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
        Assert.Equal(["a 050"], house.Query("SELECT last_id FROM embedded_blocks"));
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_the_block_as_it_was()
    {
        await FillAsync(Alice, n => $"says {n}");
        await using var store = house.Open();

        await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync(Alice, new MemoryChanges
        {
            RemovedVectors = [(Items, "a 007")], Links = [new CategoryItem(Alice, "nobody", "nothing")],
        }, Token));

        Assert.Equal(["1|0"], house.Query(Counts));
        Assert.Equal(["a 007"], await KnownAsync(store, Alice, "says 7"));
    }

    [Fact]
    public async Task Two_who_change_records_of_one_block_at_once_lose_nothing()
    {
        await FillAsync(Alice, n => $"says {n}");
        await using var here = house.Open();
        await using var there = house.Open();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => CommitAsync(
            n % 2 == 0 ? here : there, Alice, n % 4 < 2
                ? new MemoryChanges { RemovedVectors = [(Items, Id(n))] }
                : new MemoryChanges { Vectors = [Vector(Id(n), $"now {n}")] }), Token)));

        foreach (var n in Enumerable.Range(0, 30))
        {
            Assert.Equal(n < 20 ? [] : new[] { Id(n) }, await KnownAsync(here, Alice, $"says {n}"));
            Assert.Equal(n < 20 && n % 4 >= 2 ? new[] { Id(n) } : [], await KnownAsync(there, Alice, $"now {n}"));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_file_of_any_older_version_holds_blocks_after_the_upgrade(int version)
    {
        house.MakeVersion(version, "SELECT 1");
        await using (var store = house.Open())
        {
            await store.MigrateAsync(Token);
        }

        await FillAsync(Alice, n => $"says {n}");
        await using var last = house.Open();
        Assert.Equal(["1|0"], house.Query(Counts));
        Assert.Equal(["a 007"], await KnownAsync(last, Alice, "says 7"));
        Assert.Empty(await last.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_backup_holds_the_blocks()
    {
        await FillAsync(Alice, n => $"says {n}");
        await using var store = house.Open();
        var folder = house.SubFolder("copy");
        await store.BackUpAsync(folder, null, Token);
        await CommitAsync(store, Alice, new MemoryChanges { RemovedVectors = [(Items, "a 007")] });
        Assert.Empty(await KnownAsync(store, Alice, "says 7"));

        await store.RestoreAsync(folder, null, Token);

        Assert.Equal(["a 007"], await KnownAsync(store, Alice, "says 7"));
        Assert.Equal(["1|0"], house.Query(Counts));
    }

    private const string Counts = "SELECT (SELECT COUNT(*) FROM embedded_blocks) || '|' || (SELECT COUNT(*) FROM embedded_texts)";

    private static string Id(int number) => $"a {number.ToString("D3", CultureInfo.InvariantCulture)}";

    private bool Holds(byte[] trace) => Directory.EnumerateFiles(house.Folder).Any(f => File.ReadAllBytes(f).AsSpan().IndexOf(trace) >= 0);

    private async Task FillAsync(MemoryScope scope, Func<int, string> words)
    {
        await using var store = house.Open();
        await CommitAsync(store, scope, new MemoryChanges { Vectors = [.. Enumerable.Range(0, Many).Select(n => Vector(Id(n), words(n)))] });
    }

    private static async Task CommitAsync(SqlMemoryStore store, MemoryScope scope, MemoryChanges changes)
    {
        await store.CommitAsync(scope, changes, Token);
        await store.SettleOwedVectorsAsync(scope, await store.ListOwedVectorsAsync(scope, 10_000, Token), Token);
    }

    private static VectorRecord Vector(string id, string text) => new() { Collection = Items, Id = id, Model = Model, Text = text, Vector = new float[] { 1, 2 } };

    private static async Task<string[]> KnownAsync(SqlMemoryStore store, MemoryScope scope, string text) =>
        [.. (await store.FindEmbeddedTextsAsync(scope, Model, [EmbeddedText.HashOf(text)], Token)).Select(t => t.Id)];
}
