using MemU.Server.Auth;
using MemU.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MemU.Server.Tests;

public sealed class McpTests : IDisposable
{
    private static readonly string[] Tools = ["forget", "get", "list", "memorize", "retrieve", "update"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_client_lists_and_calls_every_tool_over_stdio()
    {
        await using var client = await McpClients.StdioAsync(folder.At("data"), "alice");

        await UseEverythingAsync(client);
    }

    [Fact]
    public async Task A_client_lists_and_calls_every_tool_over_http()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Keys.CreateAsync(New("alice"));
        await using var client = await McpClients.HttpAsync(server, key.Secret);

        await UseEverythingAsync(client);

        Assert.Contains(server.Log.Lines, l => l.Contains($"key {key.Key.Id} mcp retrieve space={new MemoryScope("alice").Key}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_http_a_key_is_needed_and_bounds_what_is_seen()
    {
        await using var server = await RunningServer.StartAsync();
        var alice = await server.Keys.CreateAsync(New("alice"));
        var bob = await server.Keys.CreateAsync(New("bob"));
        var reader = await server.Keys.CreateAsync(New("alice") with { Rights = KeyRights.Read });
        await using var hers = await McpClients.HttpAsync(server, alice.Secret);
        var stored = await hers.ToolAsync("memorize", new { text = "I keep a zanzibarcanary boat." });

        await Assert.ThrowsAnyAsync<Exception>(() => McpClients.HttpAsync(server, null));
        await Assert.ThrowsAnyAsync<Exception>(() => McpClients.HttpAsync(server, "memu_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        await using var his = await McpClients.HttpAsync(server, bob.Secret);
        Assert.DoesNotContain("zanzibarcanary", (await his.ToolAsync("retrieve", new { query = "Which boat?" })).GetRawText(), StringComparison.Ordinal);
        Assert.Contains("nothing with the id", await his.RefusedAsync("get", new { id = stored.GetProperty("resource_id").GetString() }), StringComparison.Ordinal);
        Assert.Contains("nothing with the id", await his.RefusedAsync("forget", new { id = stored.GetProperty("resource_id").GetString() }), StringComparison.Ordinal);
        Assert.Empty(await his.ListResourcesAsync());
        await using var named = await McpClients.HttpAsync(server, bob.Secret, "?user_id=alice");
        Assert.Contains("bound to another user_id", await named.RefusedAsync("retrieve", new { query = "Which boat?" }), StringComparison.Ordinal);
        await using var reading = await McpClients.HttpAsync(server, reader.Secret);
        Assert.Contains("'write'", await reading.RefusedAsync("memorize", new { text = "x is y." }), StringComparison.Ordinal);
        Assert.Contains("zanzibarcanary", (await reading.ToolAsync("retrieve", new { query = "Which boat?" })).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_refused_in_words_that_help_by_tools_and_pages()
    {
        await using var client = await McpClients.StdioAsync(folder.At("data"), "alice");

        await client.ToolAsync("memorize", new { text = "I keep a boat." });

        Assert.Contains("another list", await client.RefusedAsync("list", new { kind = "items", cursor = "WyJhIiwxXQ" }), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<McpProtocolException>(() => client.ListResourcesAsync(new ListResourcesRequestParams { Cursor = "WyJhIiwxXQ" }).AsTask());

        Assert.Equal(McpErrorCode.InvalidParams, refused.ErrorCode);
        Assert.Contains("another list", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_model_does_wrong_is_told_to_it()
    {
        await using var server = await RunningServer.StartAsync();
        await using var client = await McpClients.HttpAsync(server, (await server.Keys.CreateAsync(New("alice"))).Secret);

        Assert.Contains("exactly one", await client.RefusedAsync("memorize", new { }), StringComparison.Ordinal);
        Assert.Contains("public address", await client.RefusedAsync("memorize", new { url = "http://169.254.169.254/latest/" }), StringComparison.Ordinal);
        Assert.Contains("not an absolute http", await client.RefusedAsync("memorize", new { url = "file:///etc/passwd" }), StringComparison.Ordinal);
        Assert.Contains("blank", await client.RefusedAsync("retrieve", new { query = " " }), StringComparison.Ordinal);
        Assert.Contains("limit", await client.RefusedAsync("list", new { kind = "items", limit = 0 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_processes_write_into_one_folder_and_nothing_is_lost()
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => McpClients.StdioAsync(folder.At("data"), "alice")));
        await Task.WhenAll(clients.Select(async (client, process) =>
        {
            for (var i = 0; i < 3; i++)
            {
                await client.ToolAsync("memorize", new { text = $"Process {process} says that fact number {i} is true." });
            }
        }));

        var passages = await clients[0].ToolAsync("list", new { kind = "passages", limit = 100 });
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }

        var texts = passages.GetProperty("passages").EnumerateArray().Select(p => p.GetProperty("text").GetString()).Order().ToList();
        Assert.Equal(Enumerable.Range(0, 8).SelectMany(p => Enumerable.Range(0, 3).Select(i => $"Process {p} says that fact number {i} is true.")).Order(), texts);
    }

    [Fact]
    public async Task Nothing_but_the_protocol_is_on_the_standard_output_and_the_process_ends_with_its_input()
    {
        using var process = MemUProcess.Start(["mcp", "--user", "alice", "--data", folder.At("data"), "--verbose"]);
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        await process.StandardInput.WriteLineAsync("this is no protocol");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        await process.StandardInput.FlushAsync();
        List<string> lines = [];
        while (!lines.Any(l => l.Contains("\"id\":2", StringComparison.Ordinal)))
        {
            lines.Add(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()));
        }

        process.StandardInput.Close();
        _ = process.StandardError.ReadToEndAsync();
        lines.AddRange((await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await process.WaitForExitAsync();

        Assert.All(lines, l => Assert.Equal("2.0", System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("jsonrpc").GetString()));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task What_a_client_names_or_says_is_in_no_log()
    {
        await using var server = await RunningServer.StartAsync();
        await using var client = await McpClients.HttpAsync(server, (await server.Keys.CreateAsync(New("alice"))).Secret);

        await client.ToolAsync("memorize", new { text = "I keep zanzibarcanary bees." });
        await client.RefusedAsync("get", new { id = "zanzibarcanary" });
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallToolAsync("zanzibarcanarytool"));
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.ReadResourceAsync("memu://category/zanzibarcanary"));

        Assert.Contains(server.Log.Lines, l => l.Contains("MemU.Audit", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, l => l.Contains("zanzibarcanary", StringComparison.Ordinal));
    }

    private static async Task UseEverythingAsync(McpClient client)
    {
        Assert.Equal("memu", client.ServerInfo!.Name);
        Assert.Contains("retrieve", client.ServerInstructions!, StringComparison.Ordinal);
        var tools = await client.ListToolsAsync();
        Assert.Equal(Tools, tools.Select(t => t.Name).Order());
        Assert.All(tools, t =>
        {
            Assert.NotEmpty(t.Description);
            Assert.Equal("object", t.ProtocolTool.InputSchema.GetProperty("type").GetString());
            Assert.NotNull(t.ProtocolTool.OutputSchema);
            Assert.Equal(t.Name is "retrieve" or "list" or "get", t.ProtocolTool.Annotations!.ReadOnlyHint);
        });
        Assert.True(tools.Single(t => t.Name == "forget").ProtocolTool.Annotations!.DestructiveHint);

        var stored = await client.ToolAsync("memorize", new { messages = new[] { new { role = "user", content = "I'm allergic to peanuts and I love jasmine tea." } }, name = "monday" });
        Assert.Equal("added", stored.GetProperty("outcome").GetString());
        var found = await client.ToolAsync("retrieve", new { query = "What is the user allergic to?", top_k = 3 });
        Assert.Contains("peanuts", found.GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
        var item = (await client.ToolAsync("list", new { kind = "items" })).GetProperty("items")[0];
        var read = await client.ToolAsync("get", new { id = item.GetProperty("id").GetString() });
        Assert.Equal("item", read.GetProperty("kind").GetString());
        var changed = await client.ToolAsync("update", new { id = item.GetProperty("id").GetString(), summary = "The user is allergic to cashews." });
        Assert.Equal("The user is allergic to cashews.", changed.GetProperty("item").GetProperty("summary").GetString());

        var pages = await client.ListResourcesAsync();
        Assert.NotEmpty(pages);
        var page = await client.ReadResourceAsync(pages[0].Uri);
        Assert.StartsWith("# ", Assert.IsType<TextResourceContents>(page.Contents.Single()).Text, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(async () => await client.ReadResourceAsync("memu://category/0193c0de-1234-7abc-8def-0123456789ab"));

        Assert.Equal("what_do_you_know_about_me", Assert.Single(await client.ListPromptsAsync()).Name);
        var prompt = await client.GetPromptAsync("what_do_you_know_about_me");
        Assert.Contains("<memory>", Assert.IsType<TextContentBlock>(prompt.Messages.Single().Content).Text, StringComparison.Ordinal);

        Assert.Equal("resource", (await client.ToolAsync("forget", new { id = stored.GetProperty("resource_id").GetString() })).GetProperty("kind").GetString());
        Assert.Contains("nothing with the id", await client.RefusedAsync("get", new { id = stored.GetProperty("resource_id").GetString() }), StringComparison.Ordinal);
    }

    private static NewApiKey New(string user) => new("test", "default", user, null, KeyRights.Read | KeyRights.Write, null);
}
