namespace MemU.Cli.Tests;

public sealed class IsolationTests : DataFolderTests
{
    private const string Canary = "zanzibarcanary";

    public static TheoryData<string> HardIds =>
    [
        "o'brien", "a\"b", "../../etc/passwd", "..", "a/b\\c", "C:\\temp", "😀🎉", "ALICE", "Alice", "%00", "'; DROP TABLE resources; --", "a b", "{}[]", "*", "null",
        "ａｌｉｃｅ", "é", "e\u0301", new string('x', 255), "list", "--help ",
    ];

    [Theory]
    [MemberData(nameof(HardIds))]
    public async Task Whatever_the_ids_are_nothing_of_one_user_shows_for_another(string id)
    {
        await MemorizeAsync("alice", "alice keeps a small blue boat.");
        var stored = (await MemUCommand.CallAsync(
            ["memorize", "-", "--name", "n.txt", "--modality", "text", $"--user={id}", "--data", Data, "--json"], $"My favourite spice is {Canary}.")).Done().Json;
        Assert.Equal(id, stored.GetProperty("resource").GetProperty("user_id").GetString());

        var mine = (await CallAsync("retrieve", "favourite spice", $"--user={id}", "--json")).Done().Output;
        Assert.Contains(Canary, mine, StringComparison.Ordinal);

        string[][] reads = [["retrieve", $"favourite spice {Canary}"], ["list", "resources"], ["list", "items"], ["list", "passages"], ["list", "categories"], ["stats"]];
        foreach (var read in reads)
        {
            var other = (await CallAsync([.. read, "--user", "alice", "--json"])).Done().Json;
            // The question itself comes back; nothing else may hold the word.
            var found = other.EnumerateObject().Where(p => !p.Name.EndsWith("_query", StringComparison.Ordinal)).Select(p => p.Value.GetRawText());
            Assert.All(found, f => Assert.DoesNotContain(Canary, f, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_id_of_another_user_does_not_exist_here()
    {
        var stored = await MemorizeAsync("bob", $"Bob's spice is {Canary}.");
        var resource = stored.GetProperty("resource").GetProperty("id").GetString()!;
        var item = stored.GetProperty("items")[0].GetProperty("id").GetString()!;

        foreach (var id in new[] { resource, item })
        {
            Assert.DoesNotContain(Canary, (await CallAsync("show", id, "--user", "alice")).Ended(1).Error, StringComparison.Ordinal);
            (await CallAsync("delete", id, "--user", "alice", "--yes")).Ended(1);
            (await CallAsync("delete", id, "--user", "bob", "--agent", "other", "--yes")).Ended(1);
            (await CallAsync("delete", id, "--user", "bob", "--tenant", "other", "--yes")).Ended(1);
        }

        Assert.Contains(Canary, (await CallAsync("show", item, "--user", "bob")).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_agents_of_one_user_remember_apart()
    {
        await MemUCommand.CallAsync(["memorize", "-", "--modality", "text", "--user", "charlie", "--agent", "general", "--data", Data], $"Charlie hikes in {Canary}.");

        var other = (await CallAsync("retrieve", "Where does Charlie hike?", "--user", "charlie", "--agent", "coding")).Done();

        Assert.Contains("Nothing found", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_holds_one_space_only()
    {
        await MemorizeAsync("alice", "alice keeps a small blue boat.");
        await MemorizeAsync("bob", $"Bob's spice is {Canary}.");
        var file = Path.Combine(Folder, "alice.jsonl");

        (await CallAsync("export", "--to", file, "--user", "alice")).Done();

        var text = await File.ReadAllTextAsync(file);
        Assert.Contains("blue boat", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
    }
}
