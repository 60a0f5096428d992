using System.Diagnostics;
using System.Text.Json;
using MemU.Testing;

namespace MemU.Server.Tests;

/// <summary>The clients that the makers of the Model Context Protocol publish, run as they are (tests/McpClients/install).</summary>
internal static class OfficialClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs one scenario of the conformance suite against a server; returns its exit code and what it printed.</summary>
    public static Task<(int Code, string Output)> ConformanceAsync(Uri endpoint, string scenario) =>
        RunAsync(["@modelcontextprotocol", "conformance", "dist", "index.js"], ["server", "--url", endpoint.ToString(), "--scenario", scenario]);

    /// <summary>Asks a server through the inspector, which must print one JSON document.</summary>
    /// <param name="target">A command with its arguments, or an address.</param>
    /// <param name="arguments">What to ask: <c>--method tools/list</c>.</param>
    public static async Task<JsonElement> InspectAsync(string[] target, params string[] arguments)
    {
        var (code, output) = await RunAsync(["@modelcontextprotocol", "inspector", "cli", "build", "cli.js"], ["--cli", .. target, .. arguments]);
        Assert.True(code == 0, output);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string[] program, string[] arguments)
    {
        var start = new ProcessStartInfo(Needs.Node(), [Needs.McpClients(program), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program[1]} did not end within {Patience}.");
        }

        return (process.ExitCode, process.ExitCode == 0 ? await output : await output + await error);
    }
}
