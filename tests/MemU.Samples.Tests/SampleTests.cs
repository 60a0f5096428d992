using System.Text.RegularExpressions;
using MemU.Testing;
using MemU.TestSupport;

namespace MemU.Samples.Tests;

/// <summary>Runs every sample as a user would, one after the other: each is compiled by <c>dotnet run</c>.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_quickstart_finds_the_sentence_that_answers()
    {
        var output = await RunAsync("quickstart");
        Assert.Contains("allergic to peanuts", output.Split('\n')[0]);
        Assert.Contains("Thought by: offline", output);
        Assert.True(File.Exists(Path.Combine(folder.Path, "data", "memu.db")));
    }

    [Fact]
    public async Task Two_users_of_one_folder_see_their_own_words_only()
    {
        var (alice, bob) = Halves(await RunAsync("two-users"), "user 'alice'", "user 'bob'");
        Assert.Contains("I am allergic to peanuts.", alice);
        Assert.DoesNotContain("peanut butter", alice);
        Assert.Contains("I eat peanut butter every morning.", bob);
        Assert.DoesNotContain("allergic", bob);
        Assert.Contains("seen by Alice: True, by Bob: False", bob);
    }

    [Fact]
    public async Task Two_agents_of_one_user_keep_memories_of_their_own()
    {
        var (general, coding) = Halves(await RunAsync("two-agents"), "agent 'general_assistant'", "agent 'coding_assistant'");
        Assert.Contains("school", general);
        Assert.DoesNotContain("Rust", general);
        Assert.DoesNotContain("school", coding);
        Assert.Contains("[behavior] Charlie wants every public function to have a test.", coding);
    }

    [Fact]
    public async Task Without_ids_the_space_is_default_and_a_note_is_kept_once()
    {
        var output = await RunAsync("defaults");
        Assert.Contains("user 'default', agent 'default'", output);
        Assert.Contains("First time:  Added", output);
        Assert.Contains("Second time: Unchanged", output);
        Assert.Contains("1 source, 1 passage, 10 categories", output);
    }

    [Fact]
    public async Task In_memory_nothing_outlives_the_host()
    {
        var output = await RunAsync("in-memory");
        Assert.Contains("While the host lives: The demo starts at nine.", output);
        Assert.Contains("In the next host: 0 passages.", output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_backup_restored_elsewhere_is_healthy_and_remembers()
    {
        var output = await RunAsync("migration");
        Assert.Contains("Applied: ", output);
        Assert.Contains("Restored elsewhere: healthy", output);
        Assert.Contains("It remembers: I was born in Turin.", output);
    }

    [Fact]
    public async Task A_container_hands_out_the_service()
    {
        var output = await RunAsync("dependency-injection");
        Assert.Contains("dora: I always want a room on a high floor.", output);
        Assert.Contains("emil: I always want a room near the lift.", output);
    }

    [Fact]
    public async Task Encrypted_words_are_in_no_file_and_another_key_opens_nothing()
    {
        var output = await RunAsync("encryption");
        Assert.Contains("With the key: I keep two parrots in Oslo.", output);
        Assert.Matches("Files that say 'parrots': 0 of [1-9]", output);
        Assert.Contains("With another key: The data folder is encrypted with another master key.", output);
        Assert.Contains("Keys wrapped with the new master key: 1", output);
        Assert.Contains("With the key: I keep two parrots in Oslo.", await RunAsync("encryption"));
    }

    [Fact]
    public async Task What_is_published_as_a_native_program_runs_compiled_on_the_fly_too()
    {
        var output = await RunAsync("native");
        Assert.Contains("Asked: My sister Ada lives in Lund.", output);
        Assert.Contains("Imported: My sister Ada lives in Lund.", output);
        Assert.Contains("Restored: healthy", output);
        Assert.Contains("Compiled while it runs", output);
    }

    [Fact]
    public async Task A_model_of_ones_own_is_not_called_without_a_key()
    {
        var output = await RunAsync("own-model");
        Assert.Contains("OPENAI_API_KEY", output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_model_of_ones_own_does_the_thinking()
    {
        await using var server = await ScriptedModelServer.StartAsync();
        server.AnswerSensibly();
        var output = await RunAsync("own-model", ("OPENAI_API_KEY", "a-key"), ("OPENAI_BASE_URL", server.BaseUrl));
        Assert.Contains("openai/gpt-4o-mini: 1 items", output);
        Assert.Contains("I water the garden at six, before the sun is high.", output);
        Assert.NotEmpty(server.Chats);
    }

    [Fact]
    public void Every_sample_has_a_test()
    {
        var tests = File.ReadAllText(Checkout.At("tests", "MemU.Samples.Tests", "SampleTests.cs"));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(Checkout.At("samples"), "*.cs").Select(Path.GetFileNameWithoutExtension),
            sample => !tests.Contains($"RunAsync(\"{sample}\"", StringComparison.Ordinal));
    }

    private async Task<string> RunAsync(string sample, params (string Name, string Value)[] settings) =>
        (await Child.RunAsync("dotnet", ["run", Checkout.At("samples", $"{sample}.cs"), "--", folder.Path], folder.Path, settings)).Succeeded();

    private static (string First, string Second) Halves(string output, string first, string second)
    {
        var halves = Regex.Match(output, $"^.*{Regex.Escape(first)}(.*)^.*{Regex.Escape(second)}(.*)$", RegexOptions.Singleline | RegexOptions.Multiline);
        Assert.True(halves.Success, output);
        return (halves.Groups[1].Value, halves.Groups[2].Value);
    }
}
