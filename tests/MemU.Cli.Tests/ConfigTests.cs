namespace MemU.Cli.Tests;

public sealed class ConfigTests : DataFolderTests
{
    [Fact]
    public async Task The_effective_settings_are_shown_with_their_origin_and_secrets_masked()
    {
        var file = Write("memu.json", """{"user_id": "alice", "llm": {"provider": "ollama", "embed_api_key": "sk-canary-of-file"}}""");
        var environment = new Dictionary<string, string> { ["MEMU_LLM_API_KEY"] = "sk-canary-of-env", ["MEMU_RETRIEVE_TOP_K"] = "7" };

        foreach (var json in new[] { false, true })
        {
            var shown = (await MemUCommand.RunAsync(["config", "--agent", "coder", .. json ? ["--json"] : Array.Empty<string>()], null, environment, Folder)).Done();
            Assert.DoesNotContain("canary", shown.Output + shown.Error, StringComparison.Ordinal);
            Assert.Contains("memu.json", shown.Output, StringComparison.Ordinal);
            if (json)
            {
                var settings = shown.Json.GetProperty("settings");
                Assert.Equal(("alice", "memu.json"), Of(settings, "user_id"));
                Assert.Equal(("7", "MEMU_RETRIEVE_TOP_K"), Of(settings, "retrieve.top_k"));
                Assert.Equal(("coder", "--agent"), Of(settings, "agent_id"));
                Assert.Equal(("sqlite", "default"), Of(settings, "database.provider"));
                Assert.Equal("MEMU_LLM_API_KEY", Of(settings, "llm.api_key").Origin);
            }
        }

        Assert.True(File.Exists(file));
        Assert.False(Directory.Exists(Path.Combine(Folder, "data")));
    }

    [Fact]
    public async Task The_key_of_the_environment_stays_masked_even_in_errors()
    {
        var environment = new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-canary", ["MEMU_LLM_BASE_URL"] = "http://127.0.0.1:1/v1", ["MEMU_LLM_MAX_RETRIES"] = "0" };

        var failed = (await MemUCommand.CallAsync(["memorize", "-", "--data", Data, "--verbose"], "user: I like tea.", environment)).Ended(1);

        Assert.DoesNotContain("canary", failed.Output + failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_setting_is_wrong_use_and_the_nearest_one_is_named()
    {
        var file = Write("own.json", """{"llm": {"chat_modle": "x"}}""");

        var error = (await CallAsync("stats", "--config", file)).Ended(2).Error;

        Assert.Contains("llm.chat_modle", error, StringComparison.Ordinal);
        Assert.Contains("llm.chat_model", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_a_file_reach_the_memory()
    {
        Write("memu.json", """{"user_id": "alice", "data": "here", "memorize": {"memory_categories": [{"name": "boats", "description": "Boats and ships"}]}}""");

        var stored = (await MemUCommand.RunAsync(["memorize", "-", "--modality", "text", "--json"], "Alice owns a boat.", null, Folder)).Done().Json;

        Assert.Equal("alice", stored.GetProperty("resource").GetProperty("user_id").GetString());
        Assert.Equal("boats", Assert.Single(stored.GetProperty("categories").EnumerateArray()).GetProperty("name").GetString());
        Assert.True(File.Exists(Path.Combine(Folder, "here", "memu.db")));
    }

    private static (string? Value, string? Origin) Of(System.Text.Json.JsonElement settings, string name) =>
        (settings.GetProperty(name).GetProperty("value").GetString(), settings.GetProperty(name).GetProperty("origin").GetString());
}
