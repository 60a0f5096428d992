using System.Diagnostics;

namespace MemU.Cli.Tests;

public sealed class QuickstartTests : DataFolderTests
{
    [Fact]
    public async Task It_remembers_for_two_users_answers_and_keeps_them_apart()
    {
        var shown = (await RunAsync("quickstart", "--json")).Done().Json;

        var users = shown.GetProperty("users").EnumerateArray().ToList();
        Assert.Equal(["alice", "bob"], users.Select(u => u.GetProperty("user_id").GetString()));
        Assert.All(users, u => Assert.All(u.GetProperty("answers").EnumerateArray(), a => Assert.NotEqual(0, a.GetProperty("evidence").GetArrayLength())));
        Assert.Contains("peanuts", users[0].GetProperty("answers")[0].GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("Biscuit", users[1].GetProperty("answers")[0].GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Biscuit", users[0].GetProperty("asked_about_the_other").GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("peanuts", users[1].GetProperty("asked_about_the_other").GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["memu.db", "vectors.json", "resources"], shown.GetProperty("files").EnumerateArray().Select(f => Path.GetFileName(f.GetString())));
        Assert.All(shown.GetProperty("files").EnumerateArray(), f => Assert.True(Path.Exists(f.GetString())));
    }

    [Fact]
    public async Task The_second_time_nothing_is_added()
    {
        await CallAsync("quickstart");
        var before = (await CallAsync("stats", "--all-spaces", "--json")).Done().Output;

        var again = (await CallAsync("quickstart")).Done();

        Assert.Contains("unchanged", again.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await CallAsync("stats", "--all-spaces", "--json")).Done().Output);
        Assert.Empty(again.Error);
    }

    [Fact]
    public async Task It_leaves_the_memories_of_a_real_alice_alone()
    {
        await MemorizeAsync("alice", "Alice keeps two parrots in Oslo.");
        var before = (await CallAsync("list", "items", "--user", "alice", "--json")).Done().Output;

        await CallAsync("quickstart");

        Assert.Equal(before, (await CallAsync("list", "items", "--user", "alice", "--json")).Done().Output);
    }

    [Fact]
    public async Task It_works_offline_even_when_there_is_a_key()
    {
        var environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-x", ["MEMU_LLM_BASE_URL"] = "http://127.0.0.1:1/v1" };

        var shown = (await MemUCommand.CallAsync(["quickstart", "--data", Data], "", environment)).Done();

        Assert.Contains("offline", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_memory_it_leaves_nothing_behind()
    {
        (await CallAsync("quickstart", "--database", "memory")).Done();

        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task The_commands_it_proposes_work_as_they_stand()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The lines are for a Unix shell here.");
        var next = (await RunAsync("quickstart", "--json")).Done().Json.GetProperty("next").EnumerateArray().Select(n => n.GetString()!).ToList();

        Assert.NotEmpty(next);
        foreach (var line in next)
        {
            // However the program was called, here it is the one under test.
            var own = System.Text.RegularExpressions.Regex.Replace(line, "dotnet run --project [^ ]+ --", MemUCommand.Program);
            using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", own]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = shell.StandardOutput.ReadToEndAsync();
            var error = shell.StandardError.ReadToEndAsync();
            await shell.WaitForExitAsync();
            Assert.True(shell.ExitCode == 0, $"{line}\n{await output}\n{await error}");
        }
    }
}
