using System.Text;
using MemU.Edit;
using MemU.Maintenance;
using MemU.Sql;
using MemU.Testing;
using MemU.Tests.Sqlite;

namespace MemU.Tests.Maintenance;

public sealed class EraseTests
{
    private static readonly MemoryScope Alice = new("alice");
    private static readonly MemoryScope AliceElsewhere = new("alice", "other");
    private static readonly MemoryScope Bob = new("bob");

    public static TheoryData<string> Kinds => Workbench.Kinds;

    public static TheoryData<string> KindsWithFiles => Workbench.KindsWithFiles;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Erasing_a_space_removes_everything_of_it_and_nothing_of_its_neighbour(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Bob, "bobcanary");
        await Seed.PutAsync(bench, Alice, "alicecanary");
        var bob = await SpaceDump.OfAsync(bench, Bob);

        var receipt = await bench.Maintenance.EraseAsync(Alice);

        var erased = Assert.Single(receipt.Spaces);
        Assert.Equal((Alice.Key, 2L, 3L, 2L, 2L, 3L, 1L), (erased.SpaceKey, erased.Rows.Resources, erased.Rows.Passages, erased.Rows.Items, erased.Rows.Categories, erased.Rows.Links, erased.Rows.History));
        Assert.Equal((7L, 2L), (erased.Vectors, erased.Blobs));
        Assert.Equal(bench.Clock.GetUtcNow(), receipt.ErasedAt);
        Assert.Equal(bob, await SpaceDump.OfAsync(bench, Bob));
        Assert.Equal(await SpaceDump.OfAsync(bench, new MemoryScope("never seen")), await SpaceDump.OfAsync(bench, Alice));
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(KindsWithFiles))]
    public async Task After_an_erasure_no_byte_of_the_data_folder_holds_a_word_of_it(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Bob, "bobcanary");
        var seeded = await Seed.PutAsync(bench, Alice, "alicecanary");
        await bench.Editor.UpdateItemAsync(Alice, seeded.OfFirst.Id, new ItemEdit { Summary = "alicecanary now drinks coffee" }, default);

        await bench.Maintenance.EraseAsync(Alice);

        Assert.Empty(await FilesWithAsync(bench.Data, "alicecanary"));
        Assert.Equal(kind == "encrypted", (await FilesWithAsync(bench.Data, "bobcanary")).Count == 0);
        var report = await bench.Maintenance.CheckErasedAsync();
        Assert.Empty(report.Findings);
        Assert.Contains("1 erasure(s) of 1", Assert.Single(report.Checks));
    }

    [Fact]
    public async Task A_file_of_the_Python_code_and_the_copy_that_its_upgrade_made_are_cleaned_too()
    {
        using var house = new SqliteHouse();
        PythonFile.Make(house);
        house.Run("UPDATE memory_items SET summary = 'alicecanary' WHERE id = 'i-alice'; UPDATE memory_items SET summary = 'bobcanary' WHERE id = 'i-bob'");
        house.Run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO memory_items SELECT 'i-' || i, 'alice', 'assistant_v1', 'r-alice', 'event', 'alicecanary ' || i, 1.0 FROM n");
        house.Run("DELETE FROM memory_items WHERE summary LIKE '%7'");
        await using var bench = Workbench.Open("sqlite", house.Folder);

        await bench.Maintenance.EraseAsync(SqliteHouse.Alice);

        Assert.Empty(await FilesWithAsync(house.Folder, "alicecanary"));
        Assert.Contains(await FilesWithAsync(house.Folder, "bobcanary"), f => f.EndsWith(".bak", StringComparison.Ordinal));
        Assert.Equal(1, (await bench.Store.GetStatisticsAsync(SqliteHouse.Bob, default)).Items);
    }

    [Fact]
    public async Task Copies_of_sources_that_the_Python_code_kept_go_unless_somebody_else_names_them()
    {
        using var house = new SqliteHouse();
        PythonFile.Make(house);
        var resources = house.SubFolder("resources");
        house.Run($"UPDATE resources SET local_path = '{resources}/shared.json' WHERE id IN ('r-alice', 'r-bob')");
        house.Run($"INSERT INTO resources VALUES ('r-own', 'alice', 'assistant_v1', '/own.json', 'conversation', '{resources}/own.json', NULL, 1.0)");
        house.Run($"INSERT INTO resources VALUES ('r-far', 'alice', 'assistant_v1', '/far.json', 'conversation', '{house.Folder}/far.json', NULL, 1.0)");
        string[] files = [Path.Combine(resources, "shared.json"), Path.Combine(resources, "own.json"), Path.Combine(house.Folder, "far.json")];
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(file, "words");
        }

        await using var bench = Workbench.Open("sqlite", house.Folder);
        await bench.Maintenance.EraseAsync(SqliteHouse.Alice);

        Assert.Equal([true, false, true], files.Select(File.Exists));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Erasing_a_user_takes_every_agent_and_no_other_user(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "one");
        await Seed.PutAsync(bench, AliceElsewhere, "two");
        await Seed.PutAsync(bench, new MemoryScope("alice", tenant: "firm"), "three");
        await Seed.PutAsync(bench, Bob, "four");

        var receipt = await bench.Maintenance.EraseUserAsync("alice");

        Assert.Equal([Alice.Key, AliceElsewhere.Key], receipt.Spaces.Select(s => s.SpaceKey));
        Assert.Equal(["bob", "alice"], (await bench.Maintenance.ListSpacesAsync().ToListAsync()).Select(s => s.User));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_was_imported_again_after_an_erasure_is_no_trace_of_it(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "alice");
        var (file, _) = await bench.ExportAsync(Alice, new ExportOptions { Vectors = true });
        await bench.Maintenance.EraseAsync(Alice);

        await bench.ImportAsync(Alice, file);

        Assert.Empty((await bench.Maintenance.CheckErasedAsync()).Findings);
        Assert.Equal(2, (await bench.Store.GetStatisticsAsync(Alice, default)).Items);
    }

    [Theory]
    [InlineData("memu.db.old", false)]
    [InlineData("memu.db-journal", true)]
    [InlineData("vectors.json.tmp", false)]
    [InlineData("resources/forgotten.bin", true)]
    public async Task A_file_that_still_holds_what_was_erased_is_found(string leftover, bool isPacked)
    {
        await using var bench = Workbench.Open("sqlite+json");
        await Seed.PutAsync(bench, Bob, "bob");
        var seeded = await Seed.PutAsync(bench, Alice, "alice");
        await bench.Maintenance.EraseAsync(Alice);
        var file = Path.Combine(bench.Data, leftover);
        var padding = new byte[(1 << 20) - 10]; // the id lies across two pieces of the search
        byte[] id = isPacked ? Guid.Parse(seeded.Shared.Id).ToByteArray(bigEndian: true) : Encoding.UTF8.GetBytes(seeded.Shared.Id);
        await File.WriteAllBytesAsync(file, [.. padding, .. id, 0, 1, 2]);

        var finding = Assert.Single((await bench.Maintenance.CheckErasedAsync()).Findings);

        Assert.Equal(("erased-trace", FindingSeverity.Error), (finding.Code, finding.Severity));
        Assert.Contains(file, finding.Message);
        Assert.Contains(padding.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), finding.Message);
    }

    [Fact]
    public async Task Kept_files_that_a_late_writer_left_in_an_erased_space_are_found()
    {
        await using var bench = Workbench.Open("sqlite");
        await Seed.PutAsync(bench, Alice, "alice");
        await bench.Maintenance.EraseAsync(Alice);
        await bench.Blobs.PutAsync(Alice, "late"u8.ToArray(), "late.txt", default);

        Assert.Contains(Alice.Key, Assert.Single((await bench.Maintenance.CheckErasedAsync()).Findings).Message);
    }

    [Fact]
    public async Task A_damaged_index_is_told_before_anything_is_erased()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await Seed.PutAsync(bench, Alice, "alice");
        await File.WriteAllTextAsync(Path.Combine(bench.Data, "vectors.json"), "{ broken");

        await Assert.ThrowsAsync<MemoryStoreException>(() => bench.Maintenance.EraseAsync(Alice));

        Assert.Equal(2, (await bench.Store.GetStatisticsAsync(Alice, default)).Items);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_cancelled_erasure_removes_nothing(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await Seed.PutAsync(bench, Alice, "alice");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Maintenance.EraseAsync(Alice, cancellationToken: new CancellationToken(true)));

        Assert.Equal(2, (await bench.Store.GetStatisticsAsync(Alice, default)).Items);
    }

    [Theory]
    [MemberData(nameof(KindsWithFiles))]
    public async Task Restoring_a_backup_that_brings_an_erased_space_back_says_so(string kind)
    {
        await using var bench = Workbench.Open(kind);
        using var backups = new TemporaryFolder();
        await Seed.PutAsync(bench, Bob, "bob");
        await Seed.PutAsync(bench, Alice, "alice");
        var before = await bench.Maintenance.BackUpAsync(backups.Path);
        await bench.Maintenance.EraseAsync(Alice);
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await bench.Maintenance.BackUpAsync(backups.Path);

        Assert.Empty((await bench.Maintenance.RestoreAsync(after.Folder, overwrite: true)).Warnings);
        Assert.Contains("user 'alice'", Assert.Single((await bench.Maintenance.RestoreAsync(before.Folder, overwrite: true)).Warnings));
    }

    [Fact]
    public async Task Every_table_that_holds_rows_of_a_space_is_erased()
    {
        using var house = new SqliteHouse();
        await house.Open().MigrateAsync(default);

        var withScope = house.Query("SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'agent_id'");

        Assert.Equal(withScope.Order(StringComparer.Ordinal), SqlErasure.Tables.Order(StringComparer.Ordinal));
        var withNumber = house.Query("SELECT DISTINCT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'space'");
        Assert.Equal(withNumber.Order(StringComparer.Ordinal), SqlErasure.VectorTables.Order(StringComparer.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> FilesWithAsync(string folder, string word)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            if (bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0)
            {
                found.Add(file);
            }
        }

        return found;
    }
}
