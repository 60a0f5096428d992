using MemU.Sql;
using MemU.Sqlite;
using MemU.Vectors;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

/// <summary>Files of version 3, in which every vector was a row.</summary>
public sealed class VectorUpgradeTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly SqliteHouse house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task Every_vector_of_an_older_file_is_there_to_the_bit()
    {
        MakeVersion3(
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
        MakeVersion3(
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
        Assert.InRange(int.Parse(house.Query("SELECT loose_bytes FROM spaces").Single()), 0, 16);
        Assert.Empty(await house.Open().CheckAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task An_erased_space_leaves_the_copy_that_an_upgrade_made()
    {
        MakeVersion3("INSERT INTO vectors VALUES ('default', 'alice', 'assistant_v1', 'items', 'a', 'm', x'0000803F', 'CANARY')");
        var store = house.Open();
        await store.MigrateAsync(Token);

        await store.EraseAsync(Alice, Token);
        await store.ScrubAsync([Alice], Token);

        house.Close();
        Assert.All(Directory.GetFiles(house.Folder), f => Assert.DoesNotContain("CANARY", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
    }

    private void MakeVersion3(string rows)
    {
        var steps = SqlMigration.Load(typeof(SqliteSchema).Assembly, "MemU.Sqlite.Migrations.").Where(m => m.Version <= 3).ToList();
        house.Run("CREATE TABLE memu_schema (version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at REAL NOT NULL)");
        foreach (var step in steps)
        {
            house.Run(step.Script);
            house.Run($"INSERT INTO memu_schema VALUES ({step.Version}, '{step.Name}', 1.0)");
        }

        house.Run(rows);
    }
}
