using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MemU.Samples.Tests;
using MemU.Testing;
using MemU.TestSupport;

namespace MemU.Native.Tests;

/// <summary>Publishes the command as a native program, as a user would, and runs it on real folders.</summary>
public sealed class NativeCommandTests(NativeCommand command) : IClassFixture<NativeCommand>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_command_memorizes_retrieves_exports_imports_and_finds_the_folder_healthy()
    {
        await File.WriteAllTextAsync(At("lease.html"), "<h1>Lease</h1><p>The rent is due on the first of the month.</p>");

        var memorized = Json(await RunAsync("memorize", At("lease.html"), "--user", "alice", "--json"));
        var found = Json(await RunAsync("retrieve", "When is the rent due?", "--user", "alice", "--json"));
        var shown = Json(await RunAsync("show", memorized.GetProperty("resource").GetProperty("id").GetString()!, "--user", "alice", "--json"));
        await RunAsync("export", "--user", "alice", "--to", At("alice.jsonl"), "--json");
        await RunAsync("import", At("alice.jsonl"), "--user", "carol", "--json");
        var carol = Json(await RunAsync("retrieve", "When is the rent due?", "--user", "carol", "--json"));
        var bob = Json(await RunAsync("retrieve", "When is the rent due?", "--user", "bob", "--json"));

        Assert.Equal("added", memorized.GetProperty("outcome").GetString());
        Assert.Contains("first of the month", found.GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("resource", shown.GetProperty("kind").GetString());
        Assert.Contains("first of the month", carol.GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, bob.GetProperty("evidence").GetArrayLength());
        Assert.True(Json(await RunAsync("doctor", "--json")).GetProperty("healthy").GetBoolean());
        Assert.Contains("0.1.0", await RunAsync([], ["--version"], data: false), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_reads_pdf_and_word()
    {
        OfficeFiles.WritePdf(At("boiler.pdf"), "The warranty of the boiler ends in 2031.");
        OfficeFiles.WriteWord(At("petra.docx"), "The contract with Petra ends in May.");

        await RunAsync("memorize", At("boiler.pdf"), At("petra.docx"), "--json");
        var passages = await RunAsync("list", "passages", "--json");

        Assert.Contains("The warranty of the boiler ends in 2031.", passages, StringComparison.Ordinal);
        Assert.Contains("The contract with Petra ends in May.", passages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_document_that_only_the_command_has_is_written()
    {
        var key = Json(await RunAsync("keys", "create", "--user", "alice", "--json"));
        var listed = Json(await RunAsync("keys", "list", "--json"));
        var revoked = Json(await RunAsync("keys", "revoke", key.GetProperty("id").GetString()!, "--json"));
        var settings = Json(await RunAsync("config", "--json"));
        var quick = Json(await RunAsync("quickstart", "--json"));
        var erased = Json(await RunAsync("delete", "--space", "--yes", "--user", "alice", "--json"));

        Assert.Equal("alice", key.GetProperty("user_id").GetString());
        Assert.False(listed.GetProperty("keys")[0].TryGetProperty("key", out _));
        Assert.True(revoked.GetProperty("revoked").GetBoolean());
        Assert.Equal("offline", settings.GetProperty("settings").GetProperty("llm.provider").GetProperty("value").GetString());
        Assert.Equal(2, quick.GetProperty("users").GetArrayLength());
        Assert.True(erased.TryGetProperty("spaces", out _));
    }

    [Fact]
    public async Task The_server_answers_over_rest_and_describes_itself_as_the_usual_build_does()
    {
        using var server = await StartAsync("serve", "--urls", "http://127.0.0.1:0", "--no-auth", "--json");
        try
        {
            var told = new StringBuilder();
            while (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                told.AppendLine(line);
                if (line == "}")
                {
                    break;
                }
            }

            using var client = new HttpClient { BaseAddress = new Uri(Json(told.ToString()).GetProperty("listening")[0].GetString()!) };
            var stored = await SendAsync(client, HttpMethod.Post, "/v1/memorize", """{"text":"The boat is called Nora.","user_id":"alice"}""");
            var found = await SendAsync(client, HttpMethod.Post, "/v1/retrieve", """{"query":"What is the boat called?","user_id":"alice","recipe":"fast","tiers":["items","resources"]}""");
            var other = await SendAsync(client, HttpMethod.Post, "/v1/retrieve", """{"query":"What is the boat called?","user_id":"bob"}""");
            var item = await SendAsync(client, HttpMethod.Post, "/v1/items?user_id=alice", """{"summary":"Alice rows."}""");
            var batch = await SendAsync(client, HttpMethod.Post, "/v1/memorize/batch", """{"sources":[{"text":"The oars are red."}],"user_id":"alice"}""");
            var job = await SendAsync(client, HttpMethod.Post, "/v1/memorize?wait=false", """{"text":"The mast is white.","user_id":"alice"}""");
            var wrong = await SendAsync(client, HttpMethod.Post, "/v1/retrieve", """{"query":"x","recipe":7}""");
            using var text = await client.GetAsync("/v1/items?limit=x", TestContext.Current.CancellationToken);
            var limit = Json(await text.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            var compatible = await SendAsync(client, HttpMethod.Post, "/retrieve", """{"query":"What is the boat called?","user_id":"alice"}""");
            var categories = await SendAsync(client, HttpMethod.Post, "/categories", """{"user_id":"alice"}""");
            var events = await client.GetStringAsync($"/v1/jobs/{Json(job.Body).GetProperty("id").GetString()}/events?user_id=alice", TestContext.Current.CancellationToken);

            Assert.Equal((200, "added"), (stored.Status, Json(stored.Body).GetProperty("outcome").GetString()));
            Assert.Contains("Nora", Json(found.Body).GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("Nora", other.Body, StringComparison.Ordinal);
            Assert.Equal((201, "profile"), (item.Status, Json(item.Body).GetProperty("memory_type").GetString()));
            Assert.Equal("added", Json(batch.Body).GetProperty("results")[0].GetProperty("status").GetString());
            Assert.Equal((400, "recipe"), (wrong.Status, Json(wrong.Body).GetProperty("field").GetString()));
            Assert.Equal(("invalid_request", "limit"), (limit.GetProperty("kind").GetString(), limit.GetProperty("field").GetString()));
            Assert.Equal("success", Json(compatible.Body).GetProperty("status").GetString());
            Assert.Equal("success", Json(categories.Body).GetProperty("status").GetString());
            Assert.Contains("\"completed\"", events, StringComparison.Ordinal);
            Assert.Contains("Hello", await client.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("ready", await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("memu_call_duration", await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Contains("openapi/v1.json", await client.GetStringAsync("/docs/", TestContext.Current.CancellationToken), StringComparison.Ordinal);

            // Only the name of the program differs, by which the routes are grouped: the checked-in document is that of the tests.
            Assert.Equal(
                (await File.ReadAllTextAsync(Checkout.At("docs", "openapi.json"), TestContext.Current.CancellationToken)).Replace("\"MemU.Server.Tests\"", "\"memu\"", StringComparison.Ordinal),
                (await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)).ReplaceLineEndings("\n").TrimEnd() + "\n");
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task A_coding_agent_speaks_with_it_over_its_streams()
    {
        using var server = await StartAsync("mcp", "--user", "alice");
        try
        {
            var hello = await AskAsync(server, 1, "initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}""");
            await server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
            var tools = await AskAsync(server, 2, "tools/list", "{}");
            var kept = await AskAsync(server, 3, "tools/call", """{"name":"memorize","arguments":{"messages":[{"role":"user","content":"My boat is called Nora."}]}}""");
            var found = await AskAsync(server, 4, "tools/call", """{"name":"retrieve","arguments":{"query":"What is the boat called?","top_k":3}}""");
            var listed = await AskAsync(server, 5, "tools/call", """{"name":"list","arguments":{"kind":"passages"}}""");
            var pages = await AskAsync(server, 6, "prompts/get", """{"name":"what_do_you_know_about_me"}""");

            Assert.Equal("memu", hello.GetProperty("serverInfo").GetProperty("name").GetString());
            Assert.Equal(6, tools.GetProperty("tools").GetArrayLength());
            Assert.Equal("added", kept.GetProperty("structuredContent").GetProperty("outcome").GetString());
            Assert.Contains("Nora", found.GetProperty("structuredContent").GetProperty("evidence")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
            Assert.Contains("Nora", listed.GetRawText(), StringComparison.Ordinal);
            Assert.Contains("What do you know about me?", pages.GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
        }
    }

    [Fact]
    public async Task A_model_that_speaks_as_openai_does_is_asked()
    {
        await using var model = await ScriptedModelServer.StartAsync();
        model.AnswerSensibly();
        await File.WriteAllTextAsync(At("note.txt"), "Alice lives in Lund and keeps a boat.");
        string[] settings = ["--provider", "openai", "--user", "alice", "--json"];

        var memorized = Json(await RunAsync([new("MEMU_LLM_BASE_URL", model.BaseUrl)], ["memorize", At("note.txt"), .. settings]));
        var found = Json(await RunAsync([new("MEMU_LLM_BASE_URL", model.BaseUrl)], ["retrieve", "Where does Alice live?", .. settings]));

        Assert.NotEmpty(memorized.GetProperty("items").EnumerateArray());
        Assert.Contains("Lund", found.GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty(model.Chats);
    }

    [Theory]
    [InlineData("ollama", "http://localhost:11434/v1")]
    [InlineData("anthropic", "usual build")]
    public async Task A_model_whose_client_is_not_in_it_is_refused_in_words_that_help(string provider, string help)
    {
        var refused = await Child.RunAsync(await command.ProgramAsync(), ["retrieve", "x", "--provider", provider, "--data", At("data")], folder.Path, ("MEMU_LLM_API_KEY", "k"));

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("compiled ahead of time", refused.Error, StringComparison.Ordinal);
        Assert.Contains(help, string.Join(' ', refused.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private Task<string> RunAsync(params string[] arguments) => RunAsync([], [.. arguments, "--provider", "offline"]);

    private async Task<string> RunAsync((string, string)[] settings, string[] arguments, bool data = true) =>
        (await Child.RunAsync(await command.ProgramAsync(), data ? [.. arguments, "--data", At("data")] : arguments, folder.Path, settings)).Succeeded();

    private async Task<Process> StartAsync(params string[] arguments) => Process.Start(new ProcessStartInfo(await command.ProgramAsync(), [.. arguments, "--data", At("data"), "--provider", "offline"])
    {
        WorkingDirectory = folder.Path, RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false),
    })!;

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static async Task<(int Status, string Body)> SendAsync(HttpClient client, HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<JsonElement> AskAsync(Process server, int id, string method, string parameters)
    {
        await server.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        await server.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        while (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            var answer = Json(line);
            if (answer.TryGetProperty("id", out var of) && of.GetInt32() == id)
            {
                return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(line);
            }
        }

        throw new InvalidOperationException($"It ended before it answered {method}.");
    }
}
