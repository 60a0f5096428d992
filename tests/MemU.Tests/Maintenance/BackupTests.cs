using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MemU.Edit;
using MemU.Maintenance;
using MemU.Storage;
using MemU.Vectors;

namespace MemU.Tests.Maintenance;

public sealed class BackupTests : IDisposable
{
    private static readonly MemoryScope Alice = new("alice", "assistant", "acme");
    private static readonly MemoryScope Bob = new("bob");
    private readonly DirectoryInfo target = Directory.CreateTempSubdirectory("memu-backups-");

    public static TheoryData<string> Kinds => Workbench.KindsWithFiles;

    public void Dispose() => target.Delete(recursive: true);

    private static async Task<IReadOnlyList<string>> DumpBoth(Workbench bench) =>
        [.. await SpaceDump.OfAsync(bench, Alice), .. await SpaceDump.OfAsync(bench, Bob)];

    private static async Task SeedBoth(Workbench bench)
    {
        await Seed.PutAsync(bench, Alice, "alice");
        await Seed.PutAsync(bench, Bob, "bob");
    }

    /// <summary>Every file below a folder with its hash.</summary>
    private static Dictionary<string, string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("-shm", StringComparison.Ordinal))
            .ToDictionary(f => f, f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f))));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_backup_comes_back_elsewhere_as_it_was(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        Assert.Equal(Path.Combine(target.FullName, "memu-20260304-050607"), backup.Folder);
        Assert.Equal(2, backup.Spaces);

        await using var to = Workbench.Open(kind);
        var progress = new Recorder();
        var restored = await to.Maintenance.RestoreAsync(backup.Folder, overwrite: false, progress);
        Assert.Equal((backup.Files, backup.Bytes, backup.Spaces, backup.CreatedAt), (restored.Files, restored.Bytes, restored.Spaces, restored.CreatedAt));
        Assert.Equal(await DumpBoth(bench), await DumpBoth(to));
        Assert.Empty((await to.Maintenance.CheckAsync()).Findings);
        Assert.Equal(backup.Bytes, progress.Reports.Where(r => r.Step == "verify").Max(r => r.Done));

        // And it goes on from there.
        await to.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Alice keeps bees" }, default);
        Assert.Empty((await to.Maintenance.CheckAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_backup_that_is_made_while_others_write_is_one_moment(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        await using var writing = Workbench.Open(kind, bench.Data);
        using var stop = new CancellationTokenSource();
        var written = 0;
        async Task Write(Workbench by, int writer)
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var scope = n % 2 == 0 ? Alice : Bob;
                await by.Editor.CreateItemAsync(scope, new NewItem { Summary = $"note {n} of writer {writer}" }, default);
                var source = await Seed.SourceAsync(by, scope, $"/{writer}/{n}.txt", Modality.Text, $"Source {n} of {writer}", $"content {n} of {writer}", by.Clock.GetUtcNow());
                await by.Writer.CommitAsync(scope, new MemoryChanges { Resources = [new ResourceWrite(source)] }, default);
                if (n % 3 == 0)
                {
                    await by.Editor.DeleteResourceAsync(scope, source.Id, default);
                }

                Interlocked.Increment(ref written);
            }
        }

        var writers = new[] { Task.Run(() => Write(bench, 1)), Task.Run(() => Write(writing, 2)) };
        List<BackupReport> backups = [];
        for (var n = 0; n < 3; n++)
        {
            var before = Volatile.Read(ref written);
            while (Volatile.Read(ref written) < before + 4)
            {
                await Task.Yield();
            }

            backups.Add(await bench.Maintenance.BackUpAsync(target.FullName));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(["memu-20260304-050607", "memu-20260304-050607-2", "memu-20260304-050607-3"], backups.Select(b => Path.GetFileName(b.Folder)));
        foreach (var backup in backups)
        {
            await using var to = Workbench.Open(kind);
            await to.Maintenance.RestoreAsync(backup.Folder, overwrite: false);

            // Sources of this test have a caption but no vector: that is the only thing a check may find.
            Assert.All((await to.Maintenance.CheckAsync()).Findings, f => Assert.Equal("missing-vector", f.Code));
            await to.Maintenance.ReindexAsync();
            Assert.Empty((await to.Maintenance.CheckAsync()).Findings);
            Assert.NotEmpty(await DumpBoth(to));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_restore_over_data_needs_an_explicit_yes(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "later" }, default);
        var before = await DumpBoth(bench);
        var error = await Assert.ThrowsAnyAsync<MemUException>(() => bench.Maintenance.RestoreAsync(backup.Folder, overwrite: false));
        Assert.Contains("memu.db", error.Message);
        Assert.Contains("--yes", error.Message);
        Assert.Equal(before, await DumpBoth(bench));

        await bench.Maintenance.RestoreAsync(backup.Folder, overwrite: true);
        Assert.DoesNotContain(await DumpBoth(bench), l => l.Contains("later"));
        Assert.Empty((await bench.Maintenance.CheckAsync()).Findings);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(bench.Data), e => Path.GetFileName(e).StartsWith('.'));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_damaged_backup_is_refused_and_nothing_is_changed(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "later" }, default);
        var before = await DumpBoth(bench);
        var files = Files(bench.Data);

        var manifest = Path.Combine(backup.Folder, "manifest.json");
        var metadata = Directory.EnumerateFiles(Path.Combine(backup.Folder, "metadata")).Single();
        var blob = Directory.EnumerateFiles(Path.Combine(backup.Folder, "blobs"), "*", SearchOption.AllDirectories).First();
        await Refused("checksum", metadata, File.ReadAllBytes(metadata).Select((b, i) => i == 5000 ? (byte)(b ^ 1) : b).ToArray());
        await Refused("bytes instead of", metadata, File.ReadAllBytes(metadata)[..^1]);
        await Refused("checksum", blob, [.. File.ReadAllBytes(blob)[..^1], 0]);
        await Refused("is missing", blob, null);
        await Refused("no backup", manifest, null);
        await Refused("cannot be read", manifest, File.ReadAllBytes(manifest)[..^20]);
        await Refused("cannot be read", manifest, []);
        await Refused("version 9", manifest, Edited(m => m["version"] = 9));
        await Refused("format", manifest, Edited(m => m["format"] = "zip"));
        await Refused("is missing", manifest, Edited(m => ((JsonObject)m["files"]![0]!)["path"] = "../../etc/passwd"));
        await Refused("does not belong", Path.Combine(backup.Folder, "blobs", "extra"), [1]);
        Assert.Equal(before, await DumpBoth(bench));
        Assert.Equal(files, Files(bench.Data));
        await bench.Maintenance.RestoreAsync(backup.Folder, overwrite: true);

        byte[] Edited(Action<JsonObject> edit)
        {
            var json = JsonNode.Parse(File.ReadAllText(manifest))!.AsObject();
            edit(json);
            return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());
        }

        async Task Refused(string expected, string file, byte[]? content)
        {
            var sound = File.Exists(file) ? File.ReadAllBytes(file) : null;
            if (content is null)
            {
                File.Delete(file);
            }
            else
            {
                File.WriteAllBytes(file, content);
            }

            var error = await Assert.ThrowsAnyAsync<MemUException>(() => bench.Maintenance.RestoreAsync(backup.Folder, overwrite: true));
            Assert.Contains(expected, error.Message);
            if (sound is null)
            {
                File.Delete(file);
            }
            else
            {
                File.WriteAllBytes(file, sound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task When_the_last_part_cannot_be_restored_the_others_go_back_to_what_they_were(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);

        await using var to = Workbench.Open(kind);
        await to.Editor.CreateItemAsync(Alice, new NewItem { Summary = "Alice keeps bees" }, default);
        var before = await DumpBoth(to);
        File.WriteAllText(Path.Combine(to.Data, "resources"), "a file in the place of the folder");
        await Assert.ThrowsAsync<MemoryStoreException>(() => to.Maintenance.RestoreAsync(backup.Folder, overwrite: true));
        Assert.Equal(before, await DumpBoth(to));

        await using var empty = Workbench.Open(kind);
        File.WriteAllText(Path.Combine(empty.Data, "resources"), "a file in the place of the folder");
        await Assert.ThrowsAsync<MemoryStoreException>(() => empty.Maintenance.RestoreAsync(backup.Folder, overwrite: false));
        Assert.Equal(["resources"], Directory.EnumerateFileSystemEntries(empty.Data).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_restore_mends_a_damaged_vector_file()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await SeedBoth(bench);
        var before = await DumpBoth(bench);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        await ((IAsyncDisposable)bench.Index).DisposeAsync();
        var file = Path.Combine(bench.Data, "vectors.json");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..300]);

        var report = await bench.Maintenance.CheckAsync();
        Assert.False(report.IsHealthy);
        Assert.Contains("vectors.json", Assert.Single(report.Findings).Message);
        Assert.Equal(300, new FileInfo(file).Length);
        await Assert.ThrowsAnyAsync<MemUException>(() => bench.Maintenance.BackUpAsync(target.FullName));
        Assert.Single(Directory.EnumerateFileSystemEntries(target.FullName));

        await bench.Maintenance.RestoreAsync(backup.Folder, overwrite: true);
        Assert.Equal(before, await DumpBoth(bench));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_backup_of_an_empty_folder_can_be_restored_too(string kind)
    {
        await using var bench = Workbench.Open(kind);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        await using var to = Workbench.Open(kind);
        await SeedBoth(to);
        await to.Maintenance.RestoreAsync(backup.Folder, overwrite: true);
        Assert.Empty(await DumpBoth(to));
        Assert.Empty((await to.Maintenance.CheckAsync()).Findings);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Bytes_whose_source_is_not_stored_yet_are_no_part_of_a_backup(string kind)
    {
        await using var bench = Workbench.Open(kind);
        await SeedBoth(bench);
        var stray = await bench.Blobs.PutAsync(Alice, "being memorized"u8.ToArray(), "a.txt", default);
        await bench.Blobs.PutAsync(new MemoryScope("newcomer"), "being memorized"u8.ToArray(), "a.txt", default);
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        Assert.Equal(4, Directory.EnumerateFiles(Path.Combine(backup.Folder, "blobs"), "*", SearchOption.AllDirectories).Count());
        await using var content = await bench.Blobs.OpenAsync(Alice, stray.Key, default);
        Assert.NotNull(content);
    }

    [Fact]
    public async Task A_folder_inside_the_data_is_refused()
    {
        await using var bench = Workbench.Open("sqlite");
        await SeedBoth(bench);
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Maintenance.BackUpAsync(Path.Combine(bench.Data, "resources")));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Maintenance.BackUpAsync(Path.Combine(bench.Data, "resources", "sub", "backups")));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Maintenance.BackUpAsync(Path.Combine(bench.Data, "memu.db")));
        await Assert.ThrowsAsync<ArgumentException>(() => bench.Maintenance.BackUpAsync(" "));
        var beside = await bench.Maintenance.BackUpAsync(Path.Combine(bench.Data, "backups"));
        Assert.True(File.Exists(Path.Combine(beside.Folder, "manifest.json")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_clear_error()
    {
        Assert.SkipWhen(!File.Exists("/proc/self/status"), "Needs a folder in which nobody may write.");
        await using var bench = Workbench.Open("sqlite");
        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => bench.Maintenance.BackUpAsync("/proc/self/backups"));
        Assert.Contains("/proc/self/backups", error.Message);
    }

    [Fact]
    public async Task A_backup_that_is_cancelled_leaves_nothing_behind()
    {
        await using var bench = Workbench.Open("sqlite");
        await SeedBoth(bench);
        using var cancel = new CancellationTokenSource();
        var progress = new OnReport(r => cancel.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Maintenance.BackUpAsync(target.FullName, progress, cancel.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(target.FullName));
        await bench.Editor.CreateItemAsync(Alice, new NewItem { Summary = "writes go on" }, default);
    }

    [Fact]
    public async Task Data_in_memory_cannot_be_backed_up_and_says_what_to_do_instead()
    {
        await using var bench = Workbench.Open("memory");
        var error = await Assert.ThrowsAsync<MemoryStoreException>(() => bench.Maintenance.BackUpAsync(target.FullName));
        Assert.Contains("xport", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(target.FullName));
    }

    [Fact]
    public async Task The_folder_above_a_backup_is_no_backup_but_the_error_points_into_it()
    {
        await using var bench = Workbench.Open("sqlite");
        var backup = await bench.Maintenance.BackUpAsync(target.FullName);
        var error = await Assert.ThrowsAnyAsync<MemUException>(() => bench.Maintenance.RestoreAsync(target.FullName, overwrite: true));
        Assert.Contains(backup.Folder, error.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Resetting_leaves_no_word_and_no_side_file_behind(string kind)
    {
        await using (var bench = Workbench.Open(kind, target.FullName))
        {
            await SeedBoth(bench);
            var plan = await bench.Maintenance.PlanResetAsync();
            Assert.Equal((2, 4, 4), (plan.Spaces, plan.Resources, plan.Items));
            Assert.Contains(Path.Combine(target.FullName, "memu.db"), plan.Locations);
            Assert.Contains(Path.Combine(target.FullName, "resources"), plan.Locations);
            Assert.NotEmpty(await DumpBoth(bench));

            var done = await bench.Maintenance.ResetAsync();
            Assert.Equal(plan.Items, done.Items);
            Assert.Empty(await DumpBoth(bench));
            await bench.Maintenance.ResetAsync();
        }

        var files = Directory.EnumerateFileSystemEntries(target.FullName, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(target.FullName, f)).ToList();
        Assert.True(files.Count == 0 || files is ["memu.db"], string.Join(", ", files));
        Assert.All(files, f => Assert.DoesNotContain("likes tea", File.ReadAllText(Path.Combine(target.FullName, f), System.Text.Encoding.Latin1)));
    }

    [Fact]
    public async Task Resetting_what_is_in_memory_empties_it()
    {
        await using var bench = Workbench.Open("memory");
        await SeedBoth(bench);
        Assert.Equal(2, (await bench.Maintenance.ResetAsync()).Spaces);
        Assert.Empty(await DumpBoth(bench));
        Assert.Empty(await bench.Maintenance.ListSpacesAsync().ToListAsync());
    }

    [Fact]
    public async Task Statistics_of_every_space_are_told_apart()
    {
        await using var bench = Workbench.Open("sqlite");
        await SeedBoth(bench);
        await bench.Editor.CreateItemAsync(Bob, new NewItem { Summary = "Bob keeps bees" }, default);
        var statistics = await bench.Maintenance.GetStatisticsAsync().ToListAsync();
        Assert.Equal([(Alice, 2L), (Bob, 3L)], statistics.Select(s => (s.Scope, s.Items)));
    }

    [Fact]
    public async Task What_is_left_of_spaces_that_are_gone_is_found()
    {
        await using var bench = Workbench.Open("sqlite+json");
        await SeedBoth(bench);
        var ghost = new MemoryScope("ghost");
        var vector = new VectorRecord { Collection = "items", Id = "left-over", Vector = bench.Embeddings.Of("x"), Text = "x", Model = "test-1" };
        await bench.Index.ApplyAsync(ghost, new VectorChanges { Upserted = [vector] }, default);
        await bench.Blobs.PutAsync(new MemoryScope("nobody"), "stray"u8.ToArray(), null, default);
        var report = await bench.Maintenance.CheckAsync();
        Assert.Equal(["orphan-blob", "orphan-vector"], report.Findings.Select(f => f.Code).Order());
        Assert.Equal(1, (await bench.Maintenance.ReindexAsync()).Removed);
        Assert.Equal(["orphan-blob"], (await bench.Maintenance.CheckAsync()).Findings.Select(f => f.Code));
    }

    private sealed class OnReport(Action<MaintenanceProgress> act) : IProgress<MaintenanceProgress>
    {
        public void Report(MaintenanceProgress value) => act(value);
    }
}
