using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MemU.Server.Tests;

/// <summary>Real clients of the protocol.</summary>
internal static class McpClients
{
    // A client asks a process for its versions first, and after five seconds begins in the old way, which a server that was only slow to start refuses then.
    public static readonly McpClientOptions Patient = new() { DiscoverProbeTimeout = Timeout.InfiniteTimeSpan, InitializationTimeout = TimeSpan.FromMinutes(3) };

    public static Task<McpClient> StdioAsync(string data, string user, string agent = "default", IList<string>? error = null) => McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
    {
        Command = MemUProcess.Program,
        Arguments = ["mcp", "--user", user, "--agent", agent, "--data", data, "--provider", "offline"],
        StandardErrorLines = line => error?.Add(line),
    }), Patient);

    public static Task<McpClient> HttpAsync(RunningServer server, string? secret, string query = "") => McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions
    {
        Endpoint = new Uri(server.Address, "/mcp" + query),
        TransportMode = HttpTransportMode.StreamableHttp,
        AdditionalHeaders = secret is null ? null : new Dictionary<string, string> { ["Authorization"] = $"Bearer {secret}" },
    }));

    /// <summary>Calls a tool that must succeed, and returns its structured result.</summary>
    public static async Task<JsonElement> ToolAsync(this McpClient client, string name, object arguments)
    {
        var result = await client.CallAsync(name, arguments);
        Assert.False(result.IsError ?? false, TextOf(result));
        return JsonSerializer.SerializeToElement(result.StructuredContent);
    }

    /// <summary>Calls a tool that must fail, and returns what it said.</summary>
    public static async Task<string> RefusedAsync(this McpClient client, string name, object arguments)
    {
        var result = await client.CallAsync(name, arguments);
        Assert.True(result.IsError ?? false, TextOf(result));
        return TextOf(result);
    }

    private static ValueTask<CallToolResult> CallAsync(this McpClient client, string name, object arguments) =>
        client.CallToolAsync(name, JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value));

    private static string TextOf(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
}
