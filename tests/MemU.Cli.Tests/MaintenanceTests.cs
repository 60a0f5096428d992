namespace MemU.Cli.Tests;

public sealed class MaintenanceTests : DataFolderTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("sqlite")]
    public async Task A_backup_brings_everything_back_elsewhere(string vectors)
    {
        (await MemUCommand.CallAsync(["memorize", "-", "--modality", "text", "--vectors", vectors, "--data", Data], "Alice keeps two parrots in Oslo.")).Done();
        var backup = (await RunAsync("backup", "--to", Path.Combine(Folder, "backups"), "--vectors", vectors, "--json")).Done().Json;
        var elsewhere = Path.Combine(Folder, "elsewhere");

        (await MemUCommand.RunAsync("restore", backup.GetProperty("folder").GetString()!, "--data", elsewhere, "--vectors", vectors)).Done();

        Assert.Contains("parrots", (await MemUCommand.CallAsync("retrieve", "parrots", "--data", elsewhere, "--vectors", vectors)).Done().Output, StringComparison.Ordinal);
        (await MemUCommand.CallAsync("doctor", "--data", elsewhere, "--vectors", vectors)).Done();
    }

    [Fact]
    public async Task Restore_refuses_to_replace_data_without_a_yes()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var backup = (await CallAsync("backup", "--to", Path.Combine(Folder, "backups"), "--json")).Done().Json.GetProperty("folder").GetString()!;
        await MemorizeAsync("alice", "Alice also keeps a cat.", "b");
        var before = Fingerprint();

        Assert.Contains("--yes", (await CallAsync("restore", backup)).Ended(2).Error, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());

        (await CallAsync("restore", backup, "--yes")).Done();
        Assert.Equal(1, (await CallAsync("stats", "--user", "alice", "--json")).Done().Json.GetProperty("resources").GetInt32());
    }

    [Fact]
    public async Task Reset_says_what_it_would_remove_and_needs_a_yes()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var before = Fingerprint();

        var plan = (await CallAsync("reset")).Ended(2);
        Assert.Contains("1 resource", plan.Output, StringComparison.Ordinal);
        Assert.Contains("memu.db", plan.Output, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());

        (await CallAsync("reset", "--yes")).Done();
        Assert.Equal(0, (await CallAsync("stats", "--user", "alice", "--json")).Done().Json.GetProperty("resources").GetInt32());
        Assert.DoesNotContain(Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories), f => !f.Contains("memu.db", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_goes_through_a_pipe_into_another_space()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");

        var export = (await RunAsync("export", "--to", "-", "--user", "alice")).Done();
        (await MemUCommand.RunAsync(["import", "-", "--user", "copy", "--data", Data], export.Output)).Done();
        var again = (await MemUCommand.RunAsync(["import", "-", "--user", "copy", "--data", Data, "--json"], export.Output)).Done().Json;

        Assert.Contains("parrots", (await CallAsync("retrieve", "parrots", "--user", "copy")).Done().Output, StringComparison.Ordinal);
        Assert.True(again.GetProperty("unchanged").GetInt32() > 0);
        Assert.Contains("Exported", export.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_replaces_neither_a_device_nor_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs Unix devices and links.");
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var old = Write("old.jsonl", "what stood here before");
        var nowhere = File.CreateSymbolicLink(Path.Combine(Folder, "nowhere"), "/dev/null");
        var link = File.CreateSymbolicLink(Path.Combine(Folder, "link.jsonl"), old);

        (await CallAsync("export", "--to", nowhere.FullName, "--user", "alice")).Done();
        (await CallAsync("export", "--to", link.FullName, "--user", "alice")).Done();

        Assert.Equal("/dev/null", new FileInfo(nowhere.FullName).LinkTarget);
        Assert.Equal(old, new FileInfo(link.FullName).LinkTarget);
        Assert.Contains("parrots", await File.ReadAllTextAsync(old, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_export_leaves_the_old_file_as_it_was()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var file = Write("alice.jsonl", "the old one");
        await File.WriteAllTextAsync(Path.Combine(Data, "vectors.json"), "{ broken");

        (await CallAsync("export", "--to", file, "--user", "alice")).Ended(1);

        Assert.Equal("the old one", await File.ReadAllTextAsync(file));
        Assert.Empty(Directory.GetFiles(Folder, "*.partial"));
    }

    [Fact]
    public async Task Deleting_a_resource_forgets_its_memories()
    {
        var stored = await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var id = stored.GetProperty("resource").GetProperty("id").GetString()!;

        Assert.Contains("note.txt", (await CallAsync("delete", id, "--user", "alice")).Done().Output, StringComparison.Ordinal);

        var left = (await CallAsync("stats", "--user", "alice", "--json")).Done().Json;
        Assert.Equal((0, 0), (left.GetProperty("items").GetInt32(), left.GetProperty("passages").GetInt32()));
        (await CallAsync("delete", id, "--user", "alice")).Ended(1);
        (await CallAsync("doctor")).Done();
    }

    [Fact]
    public async Task Showing_leads_from_a_resource_to_its_items_and_back_to_the_words()
    {
        var stored = await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var resource = stored.GetProperty("resource").GetProperty("id").GetString()!;
        var item = stored.GetProperty("items")[0].GetProperty("id").GetString()!;

        var shownResource = (await CallAsync("show", resource, "--user", "alice", "--json")).Done().Json;
        var shownItem = (await CallAsync("show", item, "--user", "alice", "--json")).Done().Json;
        var passage = shownItem.GetProperty("passages")[0].GetProperty("id").GetString()!;
        var category = shownItem.GetProperty("categories")[0];

        Assert.Equal(item, shownResource.GetProperty("items")[0].GetProperty("id").GetString());
        Assert.Equal("passage", (await CallAsync("show", passage, "--user", "alice", "--json")).Done().Json.GetProperty("kind").GetString());
        Assert.Equal(
            category.GetProperty("id").GetString(),
            (await CallAsync("show", category.GetProperty("name").GetString()!.ToUpperInvariant(), "--user", "alice", "--json")).Done()
                .Json.GetProperty("category").GetProperty("id").GetString());
    }
}
