namespace MemU.Cli.Tests;

public sealed class EraseTests : DataFolderTests
{
    [Fact]
    public async Task A_space_is_erased_with_a_receipt_and_the_doctor_finds_no_trace()
    {
        await MemorizeAsync("alice", "alice keeps a boat called alicecanary.");
        await MemorizeAsync("bob", "bob keeps a boat called bobcanary.");

        var receipt = (await CallAsync("delete", "--space", "--user", "alice", "--yes", "--json")).Done().Json;

        var space = Assert.Single(receipt.GetProperty("spaces").EnumerateArray().ToList());
        Assert.Equal(new MemoryScope("alice").Key, space.GetProperty("scope_hash").GetString());
        Assert.Equal((1, 1), (space.GetProperty("resources").GetInt32(), space.GetProperty("blobs").GetInt32()));
        Assert.DoesNotContain("alice", receipt.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories), f => File.ReadAllBytes(f).AsSpan().IndexOf("alicecanary"u8) >= 0);
        Assert.Contains("No trace.", (await CallAsync("doctor", "--erased")).Done().Output, StringComparison.Ordinal);
        Assert.Contains("bobcanary", (await CallAsync("retrieve", "boat", "--user", "bob")).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_yes_it_only_says_what_would_be_erased()
    {
        await MemorizeAsync("alice", "alice keeps a boat.");
        var before = Fingerprint();

        var refused = (await CallAsync("delete", "--space", "--user", "alice")).Ended(2);

        Assert.Contains("1 resource and 0 memories of user 'alice'", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task All_agents_of_a_user_go_together()
    {
        foreach (var agent in new[] { "one", "two" })
        {
            await MemUCommand.CallAsync(["memorize", "-", "--modality", "text", "--user", "alice", "--agent", agent, "--data", Data], "I keep a boat.");
        }

        var receipt = (await CallAsync("delete", "--space", "--user", "alice", "--all-agents", "--yes", "--json")).Done().Json;

        Assert.Equal(2, receipt.GetProperty("spaces").GetArrayLength());
        Assert.Empty((await CallAsync("list", "spaces", "--json")).Done().Json.GetProperty("spaces").EnumerateArray());
    }

    [Theory]
    [InlineData("--space")]
    [InlineData("--space", "some-id", "--user", "alice")]
    [InlineData("some-id", "--all-agents", "--user", "alice")]
    [InlineData("--user", "alice")]
    public async Task What_is_to_be_erased_must_be_said_plainly(params string[] args)
    {
        await MemorizeAsync("alice", "alice keeps a boat.");
        var before = Fingerprint();

        (await CallAsync(["delete", .. args, "--yes"])).Ended(2);

        Assert.Equal(before, Fingerprint());
    }

    [Fact]
    public async Task A_trace_makes_the_doctor_fail()
    {
        await MemorizeAsync("alice", "alice keeps a boat.");
        var kept = Path.Combine(Folder, "kept.db");
        File.Copy(Path.Combine(Data, "memu.db"), kept);
        (await CallAsync("delete", "--space", "--user", "alice", "--yes")).Done();
        File.Move(kept, Path.Combine(Data, "memu.db.kept"));

        Assert.Contains("erased-trace", (await CallAsync("doctor", "--erased")).Ended(1).Output, StringComparison.Ordinal);
    }
}
