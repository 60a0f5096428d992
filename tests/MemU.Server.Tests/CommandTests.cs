using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MemU.Cli;
using MemU.Testing;

namespace MemU.Server.Tests;

/// <summary>The real program in a process of its own.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Keys_are_made_shown_once_listed_and_revoked()
    {
        var made = (await RunAsync("keys", "create", "--user", "alice", "--rights", "read", "--expires-days", "30", "--json")).Json();
        var secret = made.GetProperty("key").GetString()!;
        var listed = await RunAsync("keys", "list", "--json");

        Assert.StartsWith("memu_", secret, StringComparison.Ordinal);
        Assert.Equal(("alice", JsonValueKind.Null), (made.GetProperty("user_id").GetString(), made.GetProperty("agent_id").ValueKind));
        Assert.DoesNotContain(secret, listed.Output, StringComparison.Ordinal);
        Assert.Equal("active", listed.Json().GetProperty("keys")[0].GetProperty("state").GetString());
        Assert.Equal(0, (await RunAsync("keys", "revoke", made.Id())).ExitCode);
        Assert.Equal("revoked", (await RunAsync("keys", "list", "--json")).Json().GetProperty("keys")[0].GetProperty("state").GetString());
        Assert.Equal(1, (await RunAsync("keys", "revoke", "000000000000")).ExitCode);
        Assert.Equal(2, (await RunAsync("keys", "create", "--rights", "fly")).ExitCode);
        Assert.Equal(2, (await RunAsync("keys", "explode")).ExitCode);
    }

    [Fact]
    public async Task The_server_serves_and_ends_cleanly_when_it_is_asked_to()
    {
        var key = (await RunAsync("keys", "create", "--user", "alice", "--json")).Json().GetProperty("key").GetString()!;
        using var server = Start("serve", "--urls", "http://127.0.0.1:0", "--json");
        var address = await ListeningAsync(server);
        using var client = new HttpClient { BaseAddress = address };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);

        await client.PostAsync("/v1/memorize", new { text = "The boat is called Nora." });
        Assert.Contains("Nora", await client.GetStringAsync("/v1/passages"), StringComparison.Ordinal);

        Process.Start("kill", ["-TERM", server.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!.WaitForExit();
        await server.WaitForExitAsync();
        Assert.Equal(0, server.ExitCode);
        Assert.Contains("\"Category\":\"MemU.Audit\"", await server.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_program_runs_serves_in_this_process_too_and_ends_when_it_is_cancelled()
    {
        var output = new System.IO.Pipelines.Pipe();
        using var ending = new CancellationTokenSource();
        var running = MemUCli.MainAsync(
            ["serve", "--urls", "http://127.0.0.1:0", "--no-auth", "--json", "--data", folder.At("data")],
            new Surroundings { Input = Stream.Null, Output = output.Writer.AsStream(), Error = Stream.Null }, ending.Token);
        var told = new System.Text.StringBuilder();
        using var reader = new StreamReader(output.Reader.AsStream());
        while (!told.ToString().TrimEnd().EndsWith('}'))
        {
            told.AppendLine(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        }

        var address = JsonDocument.Parse(told.ToString()).RootElement.GetProperty("listening")[0].GetString()!;
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/stats", TestContext.Current.CancellationToken)).StatusCode);
        await ending.CancelAsync();

        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Without_authentication_it_does_not_start_on_an_open_address()
    {
        var result = await RunAsync("serve", "--urls", "http://0.0.0.0:0", "--no-auth");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--no-auth is refused", result.Error, StringComparison.Ordinal);
    }

    private static async Task<Uri> ListeningAsync(Process server)
    {
        var document = "";
        while (!document.EndsWith('}') || document.Count(c => c == '{') != document.Count(c => c == '}'))
        {
            document += await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await server.StandardError.ReadToEndAsync());
        }

        using var json = JsonDocument.Parse(document);
        return new Uri(json.RootElement.GetProperty("listening")[0].GetString()!);
    }

    private Process Start(params string[] args) => MemUProcess.Start([.. args, "--data", folder.At("data")]);

    private async Task<Ended> RunAsync(params string[] args)
    {
        using var process = Start(args);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Ended(process.ExitCode, await output, await error);
    }

    private sealed record Ended(int ExitCode, string Output, string Error)
    {
        public JsonElement Json()
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
            using var document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }
}
