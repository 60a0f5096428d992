using MemU.Sqlite;
using MemU.Storage;
using MemU.Tests.Vectors;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

public sealed class SqliteVectorsTests : IDisposable
{
    private const string Items = VectorCollections.Items;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    // So many at once are packed into a block.
    private const int Packed = 40;

    private readonly SqliteHouse house = new();
    private readonly ClusteredVectors random = new(1, 64, 5);

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task What_another_process_commits_is_found_by_the_next_question()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        await there.ApplyAsync(Alice, Upsert(("a", [1, 0]), ("b", [0, 1])), Token);
        Assert.Equal(["a", "b"], await NearestAsync(here));

        await there.ApplyAsync(Alice, Upsert(("c", [1, 0.1f])), Token);
        Assert.Equal(["a", "c", "b"], await NearestAsync(here));
        await there.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "a")], Upserted = Upsert(("b", [5, 0])).Upserted }, Token);
        Assert.Equal(["b", "c"], await NearestAsync(here));
        await there.ApplyAsync(Alice, Upsert(("a", [-1, 0])), Token);
        Assert.Equal(["b", "c", "a"], await NearestAsync(here));
    }

    [Fact]
    public async Task A_commit_to_a_neighbour_is_neither_seen_nor_read()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        await there.ApplyAsync(Alice, Upsert(("a", [1, 0])), Token);
        await there.ApplyAsync(Bob, Upsert(("CANARY", [1, 0])), Token);

        Assert.Equal(["a"], await NearestAsync(here));

        // What cannot be read in Bob's rows does not matter to Alice.
        house.Run("UPDATE loose_vectors SET vector = x'00' WHERE id = 'CANARY'");
        await there.ApplyAsync(Alice, Upsert(("b", [0, 1])), Token);
        Assert.Equal(["a", "b"], await NearestAsync(here));
    }

    [Fact]
    public async Task Thousands_of_commits_are_packed_into_few_blocks_and_stay_as_they_were()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        var vectors = Enumerable.Range(0, 2_000).Select(i => ($"{i:0000}", random.Next())).ToArray();
        foreach (var (id, vector) in vectors)
        {
            await there.ApplyAsync(Alice, Upsert((id, vector)), Token);
            if (id.EndsWith("50", StringComparison.Ordinal))
            {
                Assert.Equal(id, (await here.QueryAsync(Alice, new VectorQuery(Items, vector, 1), Token)).Hits.Single().Value);
            }
        }

        // 512 KB in blocks of 64 KB, the last of them not full, and what came since the last packing.
        Assert.InRange(int.Parse(house.Query("SELECT COUNT(*) FROM vector_blocks").Single()), 7, 9);
        Assert.InRange(int.Parse(house.Query("SELECT COUNT(*) FROM loose_vectors").Single()), 0, 128);
        await AssertHoldsAsync(house.OpenIndex(), vectors);
        await AssertHoldsAsync(here, vectors);
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task A_single_vector_leaves_the_row_of_its_space_as_it_is_and_moves_the_revision_all_the_same()
    {
        var (index, store) = (house.OpenIndex(), house.Open());
        await index.ApplyAsync(Bob, Upsert(("CANARY", [1, 0])), Token);
        var bob = await store.GetVersionAsync(Bob, Token);
        await index.ApplyAsync(Alice, Upsert(("a", [1, 0])), Token);
        var revision = (await store.GetVersionAsync(Alice, Token)).Revision;
        var row = house.Query("SELECT * FROM spaces WHERE user_id = 'alice'");

        foreach (var id in new[] { "b", "c", "a" })
        {
            await index.ApplyAsync(Alice, Upsert((id, [0, 1])), Token);
            Assert.Equal(++revision, (await store.GetVersionAsync(Alice, Token)).Revision);
        }

        Assert.Equal(row, house.Query("SELECT * FROM spaces WHERE user_id = 'alice'"));

        // The row that says the revision goes, the revision stays.
        await index.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "a")] }, Token);
        Assert.Equal(++revision, (await store.GetVersionAsync(Alice, Token)).Revision);
        house.Run("UPDATE loose_vectors SET vector = x'00' WHERE id = 'c'");
        await index.RemoveDamagedAsync(Alice, Token);
        Assert.Equal(revision, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(bob, await store.GetVersionAsync(Bob, Token));
    }

    [Fact]
    public async Task A_damaged_row_that_says_the_revision_is_taken_out_without_the_space_going_back()
    {
        var (index, store) = (house.OpenIndex(), house.Open());
        await index.ApplyAsync(Alice, Upsert(("a", [1, 0])), Token);
        await index.ApplyAsync(Alice, Upsert(("b", [1, 0])), Token);
        var before = await store.GetVersionAsync(Alice, Token);
        house.Run("UPDATE loose_vectors SET vector = x'00' WHERE id = 'b'");

        await index.RemoveDamagedAsync(Alice, Token);

        var after = await store.GetVersionAsync(Alice, Token);
        Assert.Equal(before.Revision, after.Revision);
        Assert.NotEqual(before.Epoch, after.Epoch);
    }

    [Fact]
    public async Task Vectors_are_packed_once()
    {
        var index = house.OpenIndex();
        var wide = new ClusteredVectors(2, 1024, 3);
        await index.ApplyAsync(Alice, Upsert([.. Enumerable.Range(0, 20).Select(i => ($"first {i:00}", wide.Next()))]), Token);
        for (var i = 0; i < 160; i++)
        {
            await index.ApplyAsync(Alice, Upsert(($"{i:000}", wide.Next())), Token);
        }

        // 80 KB that came together, and ten times 64 KB that came one by one: none was moved a second time.
        Assert.Equal("20", house.Query("SELECT COUNT(*) FROM vectors WHERE revision = (SELECT MIN(revision) FROM vectors)").Single());
        Assert.Equal(Enumerable.Repeat("16", 10).Prepend("20"), house.Query("SELECT dimension * 4 / 4096 * length(vectors) / 4096 FROM vector_blocks ORDER BY revision"));
    }

    [Theory]
    [InlineData(43, 384)]
    [InlineData(500, 384)]
    [InlineData(1_000, 384)]
    [InlineData(500, 1536)]
    [InlineData(2_000, 64)]
    public async Task Vectors_that_are_enough_for_a_block_make_full_ones_and_are_never_packed(int count, int dimension)
    {
        var index = house.OpenIndex();
        var made = new ClusteredVectors(2, dimension, 3);
        await index.ApplyAsync(Bob, Upsert(("CANARY", [1, 0])), Token);
        for (var commit = 0; commit < 3; commit++)
        {
            await index.ApplyAsync(Alice, Upsert([.. Enumerable.Range(0, count).Select(i => ($"{commit} {i:0000}", made.Next()))]), Token);
        }

        var bytes = house.Query("SELECT length(vectors) FROM vector_blocks ORDER BY revision, part").Select(int.Parse).ToArray();
        Assert.Equal(3L * count * dimension * sizeof(float), bytes.Sum(b => (long)b));
        Assert.All(bytes, b => Assert.InRange(b, 64 << 10, 128 << 10));
        Assert.Equal("3", house.Query("SELECT COUNT(DISTINCT revision) FROM vectors").Single());
        Assert.Equal("0", house.Query("SELECT loose_bytes FROM spaces WHERE user_id = 'alice'").Single());
        Assert.Equal("1", house.Query("SELECT COUNT(*) FROM loose_vectors").Single());
    }

    [Fact]
    public async Task A_vector_takes_little_more_room_than_its_numbers()
    {
        var index = house.OpenIndex();
        var wide = new ClusteredVectors(2, 1536, 3);
        await index.ApplyAsync(Alice, Upsert(("first", wide.Next())), Token);
        var ids = new IdSource(house.Clock, 1);
        var before = long.Parse(house.Query("SELECT page_count FROM pragma_page_count").Single());
        for (var i = 0; i < 300; i++)
        {
            await index.ApplyAsync(Alice, Upsert((ids.Next(), wide.Next())), Token);
        }

        var pages = long.Parse(house.Query("SELECT (SELECT page_count FROM pragma_page_count) - freelist_count FROM pragma_freelist_count").Single()) - before;
        Assert.InRange(pages * 4096.0 / (300 * 1536 * 4), 1, 1.15);
    }

    [Fact]
    public async Task Places_are_given_back_before_those_of_the_next_space_are_reached()
    {
        var index = house.OpenIndex();
        await index.ApplyAsync(Alice, Upsert(("a", [1, 0]), ("b", [0, 1])), Token);
        await index.ApplyAsync(Bob, Upsert(("CANARY", [1, 0])), Token);
        house.Run("UPDATE loose_vectors SET place = place + 2147483648 WHERE id <> 'CANARY'");

        // Those of another length are packed, these two stay.
        var others = Enumerable.Range(0, 130).Select(i => ($"{i:000}", random.Next())).ToList();
        foreach (var other in others)
        {
            await index.ApplyAsync(Alice, Upsert(other), Token);
        }

        Assert.InRange(long.Parse(house.Query("SELECT MAX(place - (place >> 32 << 32)) FROM loose_vectors").Single()), 0, 130);
        Assert.Equal(["a", "b"], (await NearestAsync(house.OpenIndex())).Order());
        Assert.Equal(["CANARY"], house.Query("SELECT l.id FROM loose_vectors l JOIN spaces s ON s.number = l.place >> 32 WHERE s.user_id = 'bob'"));
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("SELECT hex(vectors) || texts || ids FROM vector_blocks", Packed)]
    [InlineData("SELECT hex(vector) || text || id FROM loose_vectors", 0)]
    public async Task The_numbers_of_a_removed_vector_leave_the_file_and_its_neighbours_stay(string rows, int others)
    {
        var index = house.OpenIndex();
        await index.ApplyAsync(Alice, Upsert([.. Others(others), ("a", [1, 2]), ("canary", [123456, 2]), ("c", [3, 4])]), Token);
        Assert.Contains(house.Query(rows), row => row.Contains("0020F147"));

        await index.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "canary")] }, Token);

        Assert.DoesNotContain(house.Query(rows), row => row.Contains("0020F147") || row.Contains("canary"));
        Assert.Equal(["a", "c"], (await index.ListAsync(Alice, Items, Token).ToListAsync(Token)).Select(v => v.Id).Where(id => id.Length == 1));
        await index.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "a"), (Items, "c"), .. Others(others).Select(o => (Items, o.Id))] }, Token);
        Assert.Empty(house.Query(rows));
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Removals_that_are_no_longer_remembered_are_noticed_all_the_same()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        await there.ApplyAsync(Alice, Upsert(("a", [1, 0]), ("b", [0, 1]), ("c", [1, 1])), Token);
        await NearestAsync(here);
        await there.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "a")] }, Token);
        house.Clock.Advance(TimeSpan.FromDays(2));
        await there.ApplyAsync(Alice, new VectorChanges { Removed = [(Items, "b")] }, Token);

        Assert.Equal(["b"], house.Query("SELECT id FROM vector_removals"));
        Assert.Equal(["c"], await NearestAsync(here));
    }

    [Fact]
    public async Task A_reset_and_a_restore_by_another_process_are_noticed()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        var store = house.Open();
        await there.ApplyAsync(Alice, Upsert(("old", [1, 0])), Token);
        var backup = house.SubFolder("backup");
        await store.BackUpAsync(backup, null, Token);
        await there.ApplyAsync(Alice, Upsert(("lost", [1, 0])), Token);
        Assert.Equal(["lost", "old"], await NearestAsync(here));

        for (var again = 0; again < 2; again++)
        {
            await store.RestoreAsync(backup, null, Token);
            await there.ApplyAsync(Alice, Upsert(("new", [0, 1])), Token);
            Assert.Equal(["old", "new"], await NearestAsync(here));
        }

        await store.ResetAsync(Token);
        Assert.Empty(await NearestAsync(here));
        await there.ApplyAsync(Alice, Upsert(("after", [0, 1])), Token);
        Assert.Equal(["after"], await NearestAsync(here));
    }

    [Fact]
    public async Task An_erased_space_that_is_written_again_shows_nothing_of_before()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        await there.ApplyAsync(Alice, Upsert([.. Others(Packed), ("CANARY", [1, 0])]), Token);
        await there.ApplyAsync(Alice, Upsert(("CANARY loose", [1, 0])), Token);
        await NearestAsync(here);

        await house.Open().EraseAsync(Alice, Token);
        Assert.Equal(["0|0|0|0"], house.Query(
            "SELECT (SELECT COUNT(*) FROM vectors), (SELECT COUNT(*) FROM vector_blocks), (SELECT COUNT(*) FROM loose_vectors), (SELECT COUNT(*) FROM vector_removals)"));
        await there.ApplyAsync(Alice, Upsert(("new", [0, 1])), Token);

        Assert.Equal(["new"], await NearestAsync(here));
    }

    [Theory]
    [InlineData("UPDATE vector_blocks SET vectors = x'0000'", Packed)]
    [InlineData("UPDATE vector_blocks SET dimension = 0", Packed)]
    [InlineData("UPDATE vector_blocks SET dimension = 0, vectors = x''", Packed)]
    [InlineData("UPDATE vector_blocks SET dimension = -2", Packed)]
    [InlineData("UPDATE vector_blocks SET dimension = 1 << 30", Packed)]
    [InlineData("UPDATE vector_blocks SET dimension = 2 + (1 << 32)", Packed)]
    [InlineData("UPDATE loose_vectors SET vector = x'0000' WHERE id = 'a'", 0)]
    [InlineData("UPDATE loose_vectors SET dimension = 0, vector = x'' WHERE id = 'a'", 0)]
    public async Task Damaged_vectors_are_reported_and_embedding_anew_mends_them(string damage, int others)
    {
        var index = house.OpenIndex();
        await index.ApplyAsync(Alice, Upsert([("a", [1, 0]), ("b", [0, 1]), .. Others(others)]), Token);
        house.Run(damage);

        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => NearestAsync(house.OpenIndex()));
        Assert.Contains("memu reindex --all", error.Message, StringComparison.Ordinal);
        Assert.Equal(["bad-vector"], (await house.Open().CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));

        await index.ApplyAsync(Alice, Upsert(("a", [1, 0])), Token);
        await index.ApplyAsync(Alice, Upsert([("b", [0, 1]), .. Others(others)]), Token);
        Assert.Equal(["a", "b"], (await NearestAsync(house.OpenIndex())).Where(id => id.Length == 1).Order());
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Theory]
    [InlineData("DELETE FROM vector_blocks")]
    [InlineData("UPDATE vector_blocks SET ids = substr(ids, 3)")]
    [InlineData("UPDATE vector_blocks SET ids = CAST(x'0178' || substr(ids, 3) AS BLOB)")]
    [InlineData("UPDATE vector_blocks SET ids = CAST(substr(ids, 1, length(ids) - 1) AS BLOB)")]
    [InlineData("UPDATE vector_blocks SET hashes = x'00'")]
    [InlineData("UPDATE vector_blocks SET texts = 'no list'")]
    [InlineData("UPDATE vectors SET part = 7")]
    [InlineData("UPDATE loose_vectors SET vector = x'0000803F'")]
    [InlineData("UPDATE loose_vectors SET id = 'a'")]
    [InlineData("UPDATE loose_vectors SET place = place + (77 << 32)")]
    public async Task Doctor_finds_what_does_not_fit(string damage)
    {
        await house.OpenIndex().ApplyAsync(Alice, Upsert([("a", [1, 0]), .. Others(Packed)]), Token);
        await house.OpenIndex().ApplyAsync(Alice, Upsert(("loose", [0, 1])), Token);
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
        house.Run(damage);

        Assert.Equal(["bad-vector"], (await house.Open().CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));
    }

    [Fact]
    public async Task Spaces_share_a_small_budget_by_being_read_again()
    {
        var index = house.OpenIndex(cacheBytes: 0);
        foreach (var scope in new[] { Alice, Bob })
        {
            await index.ApplyAsync(scope, Upsert((scope.User, [1, 0])), Token);
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(["alice"], await NearestAsync(index));
            Assert.Equal(["bob"], (await index.QueryAsync(Bob, new VectorQuery(Items, new float[] { 1, 0 }, 9), Token)).Hits.Select(h => h.Value));
        }
    }

    [Fact]
    public async Task A_directory_that_was_lost_gives_no_vector_twice()
    {
        var index = house.OpenIndex();
        await index.ApplyAsync(Alice, Upsert([.. Others(Packed), ("a", [0, 1])]), Token);
        house.Run("DELETE FROM vectors");

        await index.ApplyAsync(Alice, Upsert(("a", [1, 0])), Token);
        await index.ApplyAsync(Alice, Upsert([.. Enumerable.Range(0, 200).Select(i => ($"new {i}", new float[] { -1, i }))]), Token);

        Assert.Equal(new float[] { 1, 0 }, Assert.Single(await index.GetAsync(Alice, Items, ["a"], Token)).Vector.ToArray());
        Assert.Equal("a", (await NearestAsync(house.OpenIndex()))[0]);
        Assert.Equal(201, (await index.ListAsync(Alice, Items, Token).ToListAsync(Token)).Count);
    }

    [Fact]
    public async Task A_vector_is_found_and_removed_wherever_it_lies_when_it_is_written_again()
    {
        var (here, there) = (house.OpenIndex(), house.OpenIndex());
        await there.ApplyAsync(Alice, Upsert([.. Others(Packed), ("packed", [0, 1])]), Token);
        await there.ApplyAsync(Alice, Upsert(("loose", [0, 1])), Token);
        await NearestAsync(here);

        await there.ApplyAsync(Alice, Upsert(("packed", [1, 0]), ("loose", [5, 1])), Token);
        await there.ApplyAsync(Alice, Upsert([.. Others(Packed), ("loose", [9, 1])]), Token);

        foreach (var index in new[] { here, house.OpenIndex() })
        {
            Assert.Equal(["packed", "loose"], (await NearestAsync(index)).Take(2));
            Assert.Equal(Packed + 2, (await index.ListAsync(Alice, Items, Token).ToListAsync(Token)).Count);
            Assert.Equal(["loose", "packed"], (await index.GetAsync(Alice, Items, ["loose", "packed", "none"], Token)).Select(v => v.Id));
            Assert.Empty(await index.GetAsync(Bob, Items, ["loose", "packed"], Token));
        }

        Assert.Equal(["packed"], house.Query("SELECT id FROM loose_vectors"));
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    private static IEnumerable<(string Id, float[] Vector)> Others(int count) => Enumerable.Range(0, count).Select(i => ($"other {i:00}", new float[] { -1, -i }));

    private static VectorChanges Upsert(params (string Id, float[] Vector)[] vectors) =>
        new() { Upserted = [.. vectors.Select(v => new VectorRecord { Collection = Items, Id = v.Id, Vector = v.Vector, Text = $"text of {v.Id}", Model = "m" })] };

    private static async Task<IReadOnlyList<string>> NearestAsync(SqliteVectorIndex index) =>
        [.. (await index.QueryAsync(Alice, new VectorQuery(Items, new float[] { 1, 0 }, 9), Token)).Hits.Select(h => h.Value)];

    private static async Task AssertHoldsAsync(SqliteVectorIndex index, (string Id, float[] Vector)[] expected)
    {
        var listed = await index.ListAsync(Alice, Items, Token).ToListAsync(Token);
        Assert.Equal(expected.Select(e => e.Id), listed.Select(v => v.Id));
        Assert.All(expected.Zip(listed), pair => Assert.Equal(pair.First.Vector, pair.Second.Vector.ToArray()));
        foreach (var (id, vector) in expected.Where((_, i) => i % 97 == 0))
        {
            Assert.Equal(id, (await index.QueryAsync(Alice, new VectorQuery(Items, vector, 1), Token)).Hits.Single().Value);
        }
    }
}
