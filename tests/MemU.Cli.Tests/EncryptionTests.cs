using System.Text;

namespace MemU.Cli.Tests;

public sealed class EncryptionTests : DataFolderTests
{
    private const string Words = "Alice keeps two parrots in Oslo.";

    [Fact]
    public async Task A_key_file_encrypts_an_empty_folder_and_opens_it_again()
    {
        var key = await KeyAsync("master.key");

        await MemorizeAsync(key);

        Assert.Contains("parrots", (await WithAsync(key, "retrieve", "parrots")).Done().Output, StringComparison.Ordinal);
        (await WithAsync(key, "doctor")).Done();
        Assert.DoesNotContain(FilesOf(Data), f => Contains(f, "parrots") || Contains(f, "canaryname"));
        Assert.False(File.Exists(Path.Combine(Data, "vectors.json")));
    }

    [Fact]
    public async Task Another_key_and_none_are_an_error_and_not_a_byte_changes()
    {
        var key = await KeyAsync("master.key");
        await MemorizeAsync(key);
        var other = await KeyAsync("other.key");
        var before = Fingerprint();

        foreach (var call in new string[][] { ["retrieve", "parrots"], ["stats"], ["list", "items"], ["memorize", Write("n.txt", Words)], ["backup", "--to", Path.Combine(Folder, "b")], ["reset", "--yes"] })
        {
            var refused = (await WithAsync(other, call)).Ended(1).Error;
            Assert.Contains("another master key", refused, StringComparison.Ordinal);
            Assert.DoesNotContain("could not be written", refused, StringComparison.Ordinal);
            Assert.Contains("MEMU_ENCRYPTION_KEY", (await CallAsync(call)).Ended(1).Error, StringComparison.Ordinal);
        }

        Assert.Contains("another master key", (await WithAsync(other, "doctor")).Ended(1).Output, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task Plain_data_is_encrypted_by_an_export_and_an_import()
    {
        (await CallAsync("memorize", Write("canaryname.txt", Words), "--user", "alice")).Done();
        var key = await KeyAsync("master.key");
        Assert.Contains("memu export", (await WithAsync(key, "stats")).Ended(1).Error, StringComparison.Ordinal);
        var file = Path.Combine(Folder, "alice.jsonl");
        (await CallAsync("export", "--to", file, "--user", "alice")).Done();

        var elsewhere = Path.Combine(Folder, "elsewhere");
        (await MemUCommand.CallAsync(["import", file, "--user", "alice", "--data", elsewhere], "", Key(key))).Done();

        Assert.Contains("parrots", (await MemUCommand.CallAsync(["retrieve", "parrots", "--user", "alice", "--data", elsewhere], "", Key(key))).Done().Output, StringComparison.Ordinal);
        Assert.DoesNotContain(FilesOf(elsewhere), f => Contains(f, "parrots"));
        Assert.Contains(FilesOf(Data), f => Contains(f, "parrots"));
    }

    [Fact]
    public async Task A_rotation_locks_the_old_key_out()
    {
        var (key, next) = (await KeyAsync("master.key"), await KeyAsync("next.key"));
        await MemorizeAsync(key);

        var rotated = (await WithAsync(key, "master-key", "rotate", "--new-key-file", next, "--json")).Done().Json;

        Assert.Equal(1, rotated.GetProperty("wrapped").GetInt32());
        Assert.Contains("parrots", (await WithAsync(next, "retrieve", "parrots")).Done().Output, StringComparison.Ordinal);
        (await WithAsync(key, "retrieve", "parrots")).Ended(1);
        Assert.Contains("in use already", (await WithAsync(next, "master-key", "rotate", "--new-key-file", next)).Ended(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_of_an_encrypted_folder_comes_back_with_the_same_key_only()
    {
        var (key, other) = (await KeyAsync("master.key"), await KeyAsync("other.key"));
        await MemorizeAsync(key);
        var backup = (await WithAsync(key, "backup", "--to", Path.Combine(Folder, "backups"), "--json")).Done().Json.GetProperty("folder").GetString()!;
        Assert.DoesNotContain(FilesOf(backup), f => Contains(f, "parrots") || Contains(f, File.ReadAllText(key).Trim()));

        Assert.Contains("encrypted", (await MemUCommand.CallAsync("restore", backup, "--vectors", "sqlite", "--data", Path.Combine(Folder, "c"))).Ended(1).Error, StringComparison.Ordinal);
        (await MemUCommand.CallAsync(["restore", backup, "--data", Path.Combine(Folder, "c")], "", Key(other))).Ended(1);
        Assert.False(Directory.Exists(Path.Combine(Folder, "c")) && FilesOf(Path.Combine(Folder, "c")).Any(f => f.EndsWith("memu.db", StringComparison.Ordinal)));
        (await MemUCommand.CallAsync(["restore", backup, "--data", Path.Combine(Folder, "c")], "", Key(key))).Done();

        Assert.Contains("parrots", (await MemUCommand.CallAsync(["retrieve", "parrots", "--data", Path.Combine(Folder, "c")], "", Key(key))).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_is_never_shown()
    {
        var key = await KeyAsync("master.key");
        var secret = (await File.ReadAllTextAsync(key)).Trim();
        var environment = new Dictionary<string, string> { ["MEMU_ENCRYPTION_KEY"] = secret, ["MEMU_DEBUG"] = "1" };
        foreach (var call in new string[][] { ["config", "--json"], ["config"], ["memorize", Write("n.txt", Words), "--verbose"], ["doctor"] })
        {
            var result = await MemUCommand.CallAsync([.. call, "--data", Data], "", environment);
            Assert.DoesNotContain(secret, result.Done().Output + result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(("sqlite", "MEMU_ENCRYPTION_KEY"), await PlaceOfVectorsAsync(environment));
        environment.Remove("MEMU_DEBUG");
        environment["MEMU_ENCRYPTION_KEY"] = secret[1..];
        var wrong = await MemUCommand.CallAsync(["stats", "--data", Data], "", environment);
        Assert.DoesNotContain(secret[1..], wrong.Ended(2).Output + wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_use_of_keys_is_said_plainly()
    {
        var key = await KeyAsync("master.key");
        var secret = (await File.ReadAllTextAsync(key)).Trim();

        Assert.Contains("blank", (await Environment(("MEMU_ENCRYPTION_KEY", ""))).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("blank", (await Environment(("MEMU_ENCRYPTION_KEY_FILE", " "))).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("both", (await Environment(("MEMU_ENCRYPTION_KEY_FILE", key), ("MEMU_ENCRYPTION_KEY", secret))).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("missing.key", (await WithAsync(Path.Combine(Folder, "missing.key"), "stats")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("vectors.json cannot be encrypted", (await WithAsync(key, "stats", "--vectors", "json")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("exists already", (await CallAsync("master-key", "new", key)).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("needs FILE", (await CallAsync("master-key", "new")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("needs --new-key-file", (await WithAsync(key, "master-key", "rotate")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("Known: new, rotate", (await CallAsync("master-key", "burn")).Ended(2).Error, StringComparison.Ordinal);
        Assert.Contains("No key was given", (await CallAsync("master-key", "rotate", "--new-key-file", key)).Ended(1).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data));
    }

    private Task<CommandResult> Environment(params (string Name, string Value)[] variables) =>
        MemUCommand.CallAsync(["stats", "--data", Data], "", variables.ToDictionary(v => v.Name, v => v.Value));

    private async Task<(string?, string?)> PlaceOfVectorsAsync(Dictionary<string, string> environment)
    {
        var place = (await MemUCommand.CallAsync(["config", "--json", "--data", Data], "", environment)).Done().Json.GetProperty("settings").GetProperty("database.vector_db_path");
        return (place.GetProperty("value").GetString(), place.GetProperty("origin").GetString());
    }

    private async Task<string> KeyAsync(string name)
    {
        var file = Path.Combine(Folder, name);
        (await CallAsync("master-key", "new", file)).Done();
        return file;
    }

    private async Task MemorizeAsync(string key) => (await WithAsync(key, "memorize", Write("canaryname.txt", Words))).Done();

    private Task<CommandResult> WithAsync(string key, params string[] args) => MemUCommand.CallAsync([.. args, "--data", Data], "", Key(key));

    private static Dictionary<string, string> Key(string file) => new() { ["MEMU_ENCRYPTION_KEY_FILE"] = file };

    private static IEnumerable<string> FilesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories);

    private static bool Contains(string file, string text) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
