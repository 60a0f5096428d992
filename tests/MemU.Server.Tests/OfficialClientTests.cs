using System.Text.Json;
using MemU.Server.Auth;
using MemU.Testing;

namespace MemU.Server.Tests;

/// <summary>The official clients as a user has them: they start the command, or go to its address, and read what comes.</summary>
public sealed class OfficialClientTests : IDisposable
{
    private static readonly string[] Tools = ["forget", "get", "list", "memorize", "retrieve", "update"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The other scenarios ask for tools, resources and prompts of the suite's own example server.
    [Theory]
    [InlineData("server-initialize")]
    [InlineData("ping")]
    [InlineData("logging-set-level")]
    [InlineData("tools-list")]
    [InlineData("resources-list")]
    [InlineData("prompts-list")]
    [InlineData("dns-rebinding-protection")]
    public async Task The_server_conforms(string scenario)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);

        var (code, output) = await OfficialClient.ConformanceAsync(new Uri(server.Address, "/mcp"), scenario);

        Assert.True(code == 0, output);
        Assert.Contains("0 failed, 0 warnings", output, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_inspector_lists_and_calls_every_tool_over_stdio() => UseEverythingAsync(arguments => OfficialClient.InspectAsync(
        [MemUProcess.Program, "mcp", "--user", "alice", "--data", folder.At("data"), "--provider", "offline"], arguments));

    [Fact]
    public async Task The_inspector_lists_and_calls_every_tool_over_http()
    {
        await using var server = await RunningServer.StartAsync();
        var key = await server.Keys.CreateAsync(new NewApiKey("inspector", MemoryScope.DefaultId, "alice", null, KeyRights.Read | KeyRights.Write, null));

        await UseEverythingAsync(arguments => OfficialClient.InspectAsync(
            [new Uri(server.Address, "/mcp").ToString(), "--transport", "http", "--header", $"Authorization: Bearer {key.Secret}"], arguments));
    }

    private static async Task UseEverythingAsync(Func<string[], Task<JsonElement>> inspect)
    {
        async Task<JsonElement> CallAsync(string tool, params string[] arguments)
        {
            var result = await inspect(["--method", "tools/call", "--tool-name", tool, .. arguments.SelectMany(a => new[] { "--tool-arg", a })]);
            Assert.False(result.TryGetProperty("isError", out var failed) && failed.GetBoolean(), result.GetRawText());
            return result.GetProperty("structuredContent");
        }

        var listed = (await inspect(["--method", "tools/list"])).GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()!);
        Assert.Equal(Tools, listed.Order(StringComparer.Ordinal));

        var stored = await CallAsync("memorize", """messages=[{"role":"user","content":"I'm allergic to peanuts and I love jasmine tea."}]""");
        Assert.Equal("added", stored.GetProperty("outcome").GetString());
        Assert.Contains("peanuts", (await CallAsync("retrieve", "query=What is the user allergic to?")).GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
        var id = (await CallAsync("list", "kind=items")).GetProperty("items")[0].GetProperty("id").GetString()!;
        Assert.Equal("item", (await CallAsync("get", $"id={id}")).GetProperty("kind").GetString());
        await CallAsync("update", $"id={id}", "summary=The user is allergic to cashews.");
        Assert.Contains("cashews", (await CallAsync("get", $"id={id}")).GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty((await inspect(["--method", "resources/list"])).GetProperty("resources").EnumerateArray());
        await CallAsync("forget", $"id={id}");
        Assert.DoesNotContain(id, (await CallAsync("list", "kind=items")).GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty((await inspect(["--method", "prompts/list"])).GetProperty("prompts").EnumerateArray());
    }
}
