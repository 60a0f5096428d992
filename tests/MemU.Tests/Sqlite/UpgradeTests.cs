using MemU.Sqlite;
using MemU.Storage;
using static MemU.Tests.Sqlite.SqliteHouse;

namespace MemU.Tests.Sqlite;

public sealed class UpgradeTests : IDisposable
{
    private static string UpgradeCopy => $"memu.db.before-{SqliteSchema.Latest}-20251103T090000Z.bak";

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly SqliteHouse house = new();

    public void Dispose() => house.Dispose();

    [Fact]
    public async Task A_file_of_the_Python_code_opens_with_everything_in_it()
    {
        PythonFile.Make(house);
        var store = house.Open();

        var resource = await store.GetResourceByUrlAsync(Alice, "/chats/monday.json", Token);
        Assert.Equal(("r-alice", "./data/resources/monday.json", Modality.Conversation), (resource!.Id, resource.LocalPath, resource.Modality));
        Assert.Null(resource.Caption);
        Assert.Null(resource.ContentHash);
        Assert.Equal(1762160400123456, (resource.CreatedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
        var items = (await store.ListItemsAsync(Alice, ItemFilter.All, PageRequest.First, Token)).Items;
        Assert.Equal(["i-orphan", "i-alice"], items.Select(i => i.Id));
        Assert.All(items, i => Assert.Empty(i.PassageIds));
        Assert.Null((await store.GetCategoriesAsync(Alice, ["c-alice"], Token)).Single().Summary);
        Assert.Equal(
            ["i-alice"], (await store.ListItemsAsync(Alice, new ItemFilter { CategoryId = "c-alice" }, PageRequest.First, Token)).Items.Select(i => i.Id));
        Assert.Equal([Alice, Bob], await store.ListSpacesAsync(Token).ToListAsync(Token));
        Assert.Equal(0, (await store.GetVersionAsync(Alice, Token)).Revision);
        Assert.Equal(2, (await store.GetStatisticsAsync(Bob, Token)).Resources);
    }

    [Fact]
    public async Task Alice_sees_nothing_of_Bob_in_a_file_of_the_Python_code()
    {
        PythonFile.Make(house);
        var store = house.Open();

        Assert.Empty(await store.GetItemsAsync(Alice, ["i-bob"], Token));
        Assert.Empty(await store.GetItemsBySummaryAsync(Alice, ["Bob moved to Oslo."], Token));
        Assert.Equal(["c-alice"], (await store.ListCategoriesAsync(Alice, PageRequest.First, Token)).Items.Select(c => c.Id));
        Assert.Empty((await store.ListResourcesAsync(new MemoryScope("bob", "assistant_v1", "acme"), PageRequest.First, Token)).Items);
    }

    [Fact]
    public async Task Items_without_an_id_get_one()
    {
        PythonFile.Make(house);
        house.Run(
            """
            INSERT INTO memory_items SELECT NULL, user_id, agent_id, resource_id, memory_type, summary || n, created_at
            FROM memory_items, (SELECT 1 AS n UNION SELECT 2)
            """);
        var before = house.Query("SELECT user_id, summary FROM memory_items ORDER BY 1, 2");
        var store = house.Open();

        var items = await store.ListItemsAsync(Alice, new ItemFilter(), PageRequest.First, Token);

        Assert.Equal(6, items.Items.Select(i => i.Id).Distinct().Count());
        Assert.Equal(["", "1", "2"], items.Items.Select(i => i.Summary.Split('.')).Where(s => s[0] == "Alice plays the cello").Select(s => s[1]).Order());
        Assert.Equal(before, house.Query("SELECT user_id, summary FROM memory_items ORDER BY 1, 2"));
        Assert.DoesNotContain(await store.CheckAsync(Token).ToListAsync(Token), f => f.Severity == FindingSeverity.Error);
    }

    [Fact]
    public async Task The_Python_code_can_go_on_reading_and_adding_after_the_upgrade()
    {
        PythonFile.Make(house);
        await house.Open().MigrateAsync(Token);

        house.Run(PythonFile.Tables);
        house.Run(
            """
            INSERT INTO resources (id, user_id, agent_id, url, modality, local_path, caption, created_at)
                VALUES ('r2', 'alice', 'assistant_v1', '/chats/tuesday.json', 'conversation', 'p', NULL, 1762246800.0);
            INSERT INTO memory_items (id, user_id, agent_id, resource_id, memory_type, summary, created_at)
                VALUES ('i2', 'alice', 'assistant_v1', 'r2', 'profile', 'Alice has a dog.', 1762246800.0);
            INSERT OR REPLACE INTO categories (id, user_id, agent_id, name, description, summary, created_at)
                VALUES ('c2', 'alice', 'assistant_v1', 'habits', 'Habits', NULL, 1762246800.0);
            INSERT OR REPLACE INTO categories (id, user_id, agent_id, name, description, summary, created_at)
                VALUES ('c-alice', 'alice', 'assistant_v1', 'activities', 'Activities', 'She plays.', 1762246800.0);
            INSERT OR IGNORE INTO category_items (item_id, category_id, user_id, agent_id) VALUES ('i2', 'c2', 'alice', 'assistant_v1');
            INSERT OR IGNORE INTO category_items (item_id, category_id, user_id, agent_id) VALUES ('i2', 'c2', 'alice', 'assistant_v1');
            """);

        var store = house.Open();
        Assert.Equal("Alice has a dog.", Assert.Single(await store.GetItemsAsync(Alice, ["i2"], Token)).Summary);
        Assert.Equal("She plays.", Assert.Single(await store.GetCategoriesAsync(Alice, ["c-alice"], Token)).Summary);
        Assert.Equal("c2", Assert.Single(await store.GetLinksAsync(Alice, ["i2"], Token)).CategoryId);
        Assert.Equal(["i-alice", "i-orphan", "i2"], house.Query("SELECT id FROM memory_items WHERE user_id = 'alice' AND agent_id = 'assistant_v1' ORDER BY id"));
    }

    [Theory]
    [InlineData("idx_resources_user_agent", "user_id,agent_id")]
    [InlineData("idx_items_user_agent", "user_id,agent_id")]
    [InlineData("idx_items_resource", "resource_id")]
    [InlineData("idx_categories_user_agent", "user_id,agent_id")]
    [InlineData("idx_category_items_category", "category_id")]
    public async Task The_named_indexes_of_the_Python_code_stay(string index, string columns)
    {
        await house.Open().MigrateAsync(Token);

        Assert.StartsWith(columns, string.Join(',', house.Query($"SELECT name FROM pragma_index_info('{index}') ORDER BY seqno")));
    }

    [Fact]
    public async Task A_new_file_and_an_upgraded_one_have_the_same_schema()
    {
        await house.Open().MigrateAsync(Token);
        var other = Path.Combine(house.Folder, "python.db");
        PythonFile.Make(house, other);
        await house.Open(other).MigrateAsync(Token);
        const string Schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name";

        Assert.Equal(house.Query(Schema), house.Query(Schema, other));
        Assert.DoesNotContain(house.Query(Schema), row => row.Contains("old_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_older_file_held_is_copied_beside_it_log_included()
    {
        PythonFile.Make(house);
        using var writer = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={house.File};Pooling=False");
        writer.Open();
        using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; UPDATE categories SET summary = 'still in the log' WHERE id = 'c-bob'";
        command.ExecuteNonQuery();

        Assert.Equal(SqliteSchema.Steps, await house.Open().MigrateAsync(Token));

        Assert.Contains(UpgradeCopy, house.Files);
        var copy = Path.Combine(house.Folder, UpgradeCopy);
        Assert.Equal(["still in the log"], house.Query("SELECT summary FROM categories WHERE id = 'c-bob'", copy));
        Assert.Equal(["4"], house.Query("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'", copy));
        Assert.Equal(["ok"], house.Query("PRAGMA integrity_check", copy));
    }

    [Fact]
    public async Task An_upgraded_file_is_not_upgraded_again()
    {
        PythonFile.Make(house);
        await house.Open().MigrateAsync(Token);
        house.Close();
        house.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Empty(await house.Open().MigrateAsync(Token));
        house.Close();
        Assert.Equal(["memu.db", UpgradeCopy], house.Files);
    }

    [Fact]
    public async Task A_copy_that_was_cut_short_is_cleared_away_by_the_next_upgrade()
    {
        PythonFile.Make(house);
        await File.WriteAllTextAsync(house.File + $".before-{SqliteSchema.Latest}-20251102T090000Z.bak.tmp", "half a copy", Token);
        await File.WriteAllTextAsync(house.File + $".before-{SqliteSchema.Latest}-20251102T090000Z.bak.tmp-journal", "half a journal", Token);

        await house.Open().MigrateAsync(Token);

        house.Close();
        Assert.Equal(["memu.db", UpgradeCopy], house.Files);
    }

    [Fact]
    public async Task A_new_file_needs_no_copy()
    {
        Assert.Equal(SqliteSchema.Steps, await house.Open().MigrateAsync(Token));
        house.Close();

        Assert.Equal(["memu.db"], house.Files);
    }

    [Fact]
    public async Task An_item_whose_resource_is_gone_can_be_edited_and_deleted()
    {
        PythonFile.Make(house);
        var store = house.Open();
        var orphan = (await store.GetItemsAsync(Alice, ["i-orphan"], Token)).Single();

        await store.CommitAsync(Alice, new MemoryChanges { Items = [orphan with { Summary = "Said otherwise." }] }, Token);
        Assert.Equal("Said otherwise.", (await store.GetItemsAsync(Alice, ["i-orphan"], Token)).Single().Summary);

        await store.CommitAsync(Alice, new MemoryChanges { RemovedItems = ["i-orphan"] }, Token);
        Assert.Empty(await store.GetItemsAsync(Alice, ["i-orphan"], Token));
    }

    [Fact]
    public async Task The_check_tells_of_rows_that_point_nowhere()
    {
        PythonFile.Make(house);
        var store = house.Open();

        Assert.Equal(["old-schema", "orphan-item", "orphan-link"], (await store.CheckAsync(Token).ToListAsync(Token)).Select(f => f.Code).Order());
        await store.MigrateAsync(Token);

        var findings = await store.CheckAsync(Token).ToListAsync(Token);
        Assert.Equal(["orphan-item", "orphan-link"], findings.Select(f => f.Code).Order());
        Assert.Contains("i-orphan", findings.Single(f => f.Code == "orphan-item").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_that_no_scope_can_have_are_reported_and_not_listed()
    {
        PythonFile.Make(house);
        house.Run("INSERT INTO categories VALUES ('c-blank', '', 'assistant_v1', 'x', '', NULL, 1.0)");
        var store = house.Open();
        await store.MigrateAsync(Token);

        Assert.Equal([Alice, Bob], await store.ListSpacesAsync(Token).ToListAsync(Token));
        Assert.Contains(await store.CheckAsync(Token).ToListAsync(Token), f => f.Code == "unreachable-space");
    }

    [Fact]
    public async Task Many_who_open_an_old_file_at_once_upgrade_it_once()
    {
        PythonFile.Make(house);
        var stores = Enumerable.Range(0, 8).Select(_ => house.Open()).ToList();

        var applied = await Task.WhenAll(stores.Select(s => Task.Run(() => s.MigrateAsync(Token), Token)));

        Assert.Single(applied, steps => steps.Count == SqliteSchema.Steps.Count);
        Assert.Equal(7, applied.Count(steps => steps.Count == 0));
        Assert.All(stores, s => Assert.Equal("i-alice", s.GetItemsAsync(Alice, ["i-alice"], Token).Result.Single().Id));
        Assert.Single(house.Files, f => f.EndsWith(".bak", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_who_make_a_new_file_at_once_make_one()
    {
        var ids = new IdSource(house.Clock, 1);
        var stores = Enumerable.Range(0, 8).Select(_ => house.Open()).ToList();

        await Task.WhenAll(stores.Select(s => Task.Run(() => s.CommitAsync(Alice, house.Sample(Alice, ids), Token), Token)));

        Assert.Equal(8, (await stores[0].GetStatisticsAsync(Alice, Token)).Items);
        Assert.Equal([$"{SqliteSchema.Steps.Count}"], house.Query("SELECT COUNT(*) FROM memu_schema"));
    }
}
