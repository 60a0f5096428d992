using MemU.Sql;
using MemU.Sqlite;
using MemU.Storage;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Files of version 3, in which every vector was a row, and of version 5, which kept the words of vectors in a table of their own.</summary>
public sealed class VectorUpgradeTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly SqliteHouse house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Every_vector_of_an_older_file_is_there_to_the_bit()
    {
        house.MakeVersion(3,
            """
            INSERT INTO spaces VALUES ('default', 'alice', 'assistant_v1', 77, 1.5);
            INSERT INTO vectors VALUES
                ('default', 'alice', 'assistant_v1', 'items', 'a', 'm', x'0000803F0000004000000040', 'text of a'),
                ('default', 'alice', 'assistant_v1', 'items', 'it''s "b" \ ' || char(10) || char(128512) || ' é', NULL, x'000080BF00000040', NULL),
                ('default', 'alice', 'assistant_v1', 'passages', 'a', 'm', x'01000000', ''),
                ('default', 'bob', 'assistant_v1', 'items', 'a', 'm', x'0000803F', 'CANARY'),
                ('default', 'alice', 'assistant_v1', 'items', 'no floats', 'm', x'0000', 'x');
            """);
        var index = house.OpenIndex();

        var items = await index.ListAsync(Alice, VectorCollections.Items, Token).ToListAsync(Token);
        Assert.Equal(["a", "it's \"b\" \\ \n😀 é"], items.Select(v => v.Id));
        Assert.Equal([1, 2, 2], items[0].Vector.ToArray());
        Assert.Equal(("m", "text of a"), (items[0].Model, items[0].Text));
        Assert.Equal([-1, 2], items[1].Vector.ToArray());
        Assert.Equal((null, null), (items[1].Model, items[1].Text));
        var passage = Assert.Single(await index.ListAsync(Alice, VectorCollections.Passages, Token).ToListAsync(Token));
        Assert.Equal([float.Epsilon], passage.Vector.ToArray());
        Assert.Equal("", passage.Text);
        Assert.Equal("CANARY", Assert.Single(await index.ListAsync(Bob, VectorCollections.Items, Token).ToListAsync(Token)).Text);
        Assert.Equal(77, (await house.Open().GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(0, (await house.Open().GetVersionAsync(Bob, Token)).Revision);
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task The_commits_after_an_upgrade_pack_what_was_there()
    {
        house.MakeVersion(3,
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
            INSERT INTO vectors SELECT 'default', 'alice', 'assistant_v1', 'items', printf('%05d', i), 'm', CAST(printf('%01024d', i) AS BLOB), 'text' FROM n;
            """);
        var index = house.OpenIndex();
        var before = await index.ListAsync(Alice, VectorCollections.Items, Token).ToListAsync(Token);
        Assert.Equal(2500, before.Count);
        Assert.Equal(["2500"], house.Query("SELECT COUNT(*) FROM vector_blocks"));

        for (var i = 0; i < 4; i++)
        {
            var record = new VectorRecord { Collection = VectorCollections.Passages, Id = $"{i}", Vector = new float[] { 1 } };
            await index.ApplyAsync(Alice, new VectorChanges { Upserted = [record] }, Token);
        }

        Assert.InRange(int.Parse(house.Query("SELECT COUNT(*) FROM vector_blocks WHERE collection = 'items'").Single()), 1, 50);
        var after = await index.ListAsync(Alice, VectorCollections.Items, Token).ToListAsync(Token);
        Assert.Equal(before.Select(v => v.Id), after.Select(v => v.Id));
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First.Vector.ToArray(), pair.Second.Vector.ToArray()));
        Assert.InRange(int.Parse(house.Query("SELECT loose_bytes FROM spaces").Single()), 0, 512);
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task An_erased_space_leaves_the_copy_that_an_upgrade_made()
    {
        house.MakeVersion(3, "INSERT INTO vectors VALUES ('default', 'alice', 'assistant_v1', 'items', 'a', 'm', x'0000803F', 'CANARY')");
        var store = house.Open();
        await store.MigrateAsync(Token);

        await store.EraseAsync(Alice, Token);
        await store.ScrubAsync([Alice], Token);

        house.Close();
        Assert.All(Directory.GetFiles(house.Folder), f => Assert.DoesNotContain("CANARY", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
    }

    [Fact]
    public async Task An_erased_space_leaves_a_copy_that_holds_single_vectors_too()
    {
        var index = house.OpenIndex();
        foreach (var (scope, word) in new[] { (Alice, "CANARY"), (Bob, "neighbour") })
        {
            var record = new VectorRecord { Collection = VectorCollections.Items, Id = word, Vector = new float[] { 1 }, Text = word };
            await index.ApplyAsync(scope, new VectorChanges { Upserted = [record] }, Token);
        }

        house.Close();
        var copy = house.File + ".before-99-20251103T090000Z.bak";
        File.Copy(house.File, copy);
        var store = house.Open();
        await store.EraseAsync(Alice, Token);
        await store.ScrubAsync([Alice], Token);

        house.Close();
        Assert.All(Directory.GetFiles(house.Folder), f => Assert.DoesNotContain("CANARY", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        Assert.Equal(["neighbour"], house.Query("SELECT text FROM loose_vectors", copy));
    }

    [Fact]
    public async Task What_a_model_was_paid_for_is_known_after_the_upgrade()
    {
        const string Text = "Alice sails.";
        var hash = EmbeddedText.HashOf(Text);
        house.MakeVersion(5,
            $"""
            INSERT INTO spaces (number, tenant_id, user_id, agent_id, revision, created_at) VALUES
                (1, 'default', 'alice', 'assistant_v1', 77, 1.5), (2, 'default', 'bob', 'assistant_v1', 78, 1.5);
            INSERT INTO vector_blocks VALUES
                (1, 'items', 70, 0, 'm', 2, '["a","b"]', x'0000803F000000400000803F00000040', '["{Text}","free"]'),
                (2, 'items', 70, 0, 'm', 1, '["CANARY"]', x'0000803F', '["{Text}"]');
            INSERT INTO vectors VALUES (1, 'items', 'a', 70, 0), (1, 'items', 'b', 70, 0), (2, 'items', 'CANARY', 70, 0);
            INSERT INTO embedded_texts VALUES
                (1, 'items', 'a', 'm', x'{hash}', NULL), (1, 'items', 'a', 'former', x'{hash}', x'000080BF'),
                (1, 'passages', 'held by another index', 'm', x'{hash}', NULL), (2, 'items', 'CANARY', 'm', x'{hash}', NULL);
            """);
        var store = house.Open();

        var found = await store.FindEmbeddedTextsAsync(Alice, "m", [hash], Token);
        Assert.Equal(["a", "held by another index"], found.Select(t => t.Id));
        Assert.All(found, t => Assert.Null(t.Vector));
        Assert.Equal(new float[] { -1 }, Assert.Single(await store.FindEmbeddedTextsAsync(Alice, "former", [hash], Token)).Vector!.Value.ToArray());
        Assert.Equal(["former", "m"], house.Query("SELECT model FROM embedded_texts ORDER BY model"));
        Assert.Equal(77, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(new float[] { 1, 2 }, (await house.OpenIndex().GetAsync(Alice, VectorCollections.Items, ["a"], Token)).Single().Vector.ToArray());

        await house.OpenIndex().ApplyAsync(Alice, new VectorChanges { Removed = [(VectorCollections.Items, "a")] }, Token);
        Assert.Equal(["held by another index"], (await store.FindEmbeddedTextsAsync(Alice, "m", [hash], Token)).Select(t => t.Id));
        Assert.Empty(await store.CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Items_links_blocks_and_words_of_version_6_are_as_they_were()
    {
        const string Text = "Alice sails.";
        const string Uuid = "0198f1c2-0000-7000-8000-00000000abcd";
        var hash = EmbeddedText.HashOf(Text);
        var odd = string.Concat(Enumerable.Repeat("é", 150));
        house.MakeVersion(6,
            $"""
            INSERT INTO spaces (number, tenant_id, user_id, agent_id, revision, created_at, loose_bytes, packed_at) VALUES
                (1, 'default', 'alice', 'assistant_v1', 77, 1.5, 600, 70), (2, 'default', 'bob', 'assistant_v1', 78, 1.5, 0, 0);
            INSERT INTO resources (id, user_id, agent_id, url, modality, local_path, created_at) VALUES ('r', 'alice', 'assistant_v1', 'text:r', 'text', '', 1.5);
            INSERT INTO memory_items VALUES
                ('{Uuid}', 'alice', 'assistant_v1', 'r', 'event', '{Text}', 1.5, 'default', '2025-01-01T00:00:00+00:00'),
                ('orphan', 'alice', 'assistant_v1', 'gone', 'event', 'It stays.', 1.5, 'default', NULL),
                ('CANARY', 'bob', 'assistant_v1', 'r', 'event', '{Text}', 1.5, 'default', NULL);
            INSERT INTO categories (id, user_id, agent_id, name, description, created_at) VALUES ('c', 'alice', 'assistant_v1', 'sport', 'Sport', 1.5);
            INSERT INTO category_items VALUES ('{Uuid}', 'c', 'alice', 'assistant_v1', 'default');
            INSERT INTO passages (id, tenant_id, user_id, agent_id, resource_id, position, segment, start, text) VALUES ('p', 'default', 'alice', 'assistant_v1', 'r', 0, 0, 0, 'x');
            INSERT INTO item_passages VALUES ('default', 'alice', 'assistant_v1', '{Uuid}', 0, 'p');
            INSERT INTO vector_blocks VALUES
                (1, 'items', 70, 0, 'm', 1, json_array('{Uuid}', 'a', '{odd}'), x'0000803F0000004000004040', json_array('{Text}', NULL, 'free')),
                (2, 'items', 70, 0, 'm', 1, '["CANARY"]', x'0000803F', '["{Text}"]');
            INSERT INTO vectors VALUES (1, 'items', '{Uuid}', 70, 0, x'{hash}'), (1, 'items', 'a', 70, 0, NULL), (1, 'items', '{odd}', 70, 0, NULL),
                (2, 'items', 'CANARY', 70, 0, x'{hash}');
            INSERT INTO loose_vectors VALUES (4294967296, 'items', 'loose', 77, 'm', 1, 'said alone', x'00008040');
            """);
        var (store, index) = (house.Open(), house.OpenIndex());

        Assert.Equal(["orphan", Uuid], (await store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items.Select(i => i.Id));
        var item = Assert.Single(await store.GetItemsAsync(Alice, [Uuid], Token));
        Assert.Equal((Text, "p", new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero)), (item.Summary, item.PassageIds.Single(), item.HappenedAt));
        Assert.Equal("c", Assert.Single(await store.GetLinksAsync(Alice, [Uuid], Token)).CategoryId);
        var vectors = await index.ListAsync(Alice, VectorCollections.Items, Token).ToListAsync(Token);
        Assert.Equal([(Uuid, 1f, Text), ("a", 2f, null), ("loose", 4f, "said alone"), (odd, 3f, "free")], vectors.Select(v => (v.Id, v.Vector.Span[0], v.Text)));
        Assert.Equal([Uuid], (await store.FindEmbeddedTextsAsync(Alice, "m", [hash], Token)).Select(t => t.Id));
        Assert.Equal(["CANARY"], (await store.FindEmbeddedTextsAsync(Bob, "m", [hash], Token)).Select(t => t.Id));
        Assert.Equal(77, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal([$"{hash.ToUpperInvariant()[..16]}{new string('0', 32)}"], house.Query("SELECT hex(hashes) FROM vector_blocks WHERE space = 1"));
        Assert.Equal(["orphan-item"], (await store.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));

        // The keys hold again: an item goes with its resource, a link with its item.
        await store.CommitAsync(Alice, new MemoryChanges { RemovedResources = ["r"] }, Token);
        Assert.Equal(["orphan"], (await store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items.Select(i => i.Id));
        Assert.Equal(["0|0"], house.Query("SELECT (SELECT COUNT(*) FROM category_items), (SELECT COUNT(*) FROM item_passages)"));
    }

    [Fact]
    public async Task A_block_of_version_6_that_cannot_be_read_is_still_told_of_after_the_upgrade()
    {
        house.MakeVersion(6,
            """
            INSERT INTO spaces (number, tenant_id, user_id, agent_id, revision, created_at) VALUES (1, 'default', 'alice', 'assistant_v1', 77, 1.5);
            INSERT INTO vector_blocks VALUES (1, 'items', 70, 0, 'm', 1, 'no list', x'0000803F', '["a"]');
            INSERT INTO vectors VALUES (1, 'items', 'a', 70, 0, NULL);
            """);

        await house.Open().MigrateAsync(Token);

        Assert.Equal(["bad-vector"], (await house.Open().CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code));
    }

    [Fact]
    public async Task Items_of_a_resource_are_looked_for_among_its_own()
    {
        await house.Open().MigrateAsync(Token);

        var plan = house.Query(
            "EXPLAIN QUERY PLAN SELECT id FROM memory_items WHERE tenant_id = 't' AND user_id = 'u' AND agent_id = 'a' AND resource_id = 'r' ORDER BY id DESC LIMIT 5");

        Assert.Contains(plan, step => step.Contains("idx_items_resource", StringComparison.Ordinal));
        Assert.Contains(
            house.Query("EXPLAIN QUERY PLAN SELECT id FROM memory_items WHERE tenant_id = 't' AND user_id = 'u' AND agent_id = 'a' ORDER BY id DESC LIMIT 5"),
            step => step.Contains("idx_items_user_agent", StringComparison.Ordinal));
    }
}
