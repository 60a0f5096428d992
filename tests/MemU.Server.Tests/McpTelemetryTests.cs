using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using MemU.Server.Mcp;
using MemU.Settings;
using MemU.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace MemU.Server.Tests;

public sealed class McpTelemetryTests
{
    [Fact]
    public async Task Numbers_and_traces_of_the_tools_go_to_the_collector_that_is_named_and_name_nobody()
    {
        await using var collector = await Collector.StartAsync();
        await UseAsync(s => s.Server.OtlpEndpoint = collector.Address.ToString());

        var (numbers, traces) = (Sent(collector, "MetricsService"), Sent(collector, "TraceService"));
        foreach (var word in new[] { "memu.call.duration", "mcp memorize", "mcp retrieve", "memu.cache.lookups" })
        {
            Assert.Contains(word, numbers, StringComparison.Ordinal);
        }

        Assert.Contains("mcp retrieve", traces, StringComparison.Ordinal);
        Assert.DoesNotContain("zanzibar", numbers + traces, StringComparison.Ordinal);

        // The log names folders, and is no part of what is sent.
        Assert.All(collector.Messages, m => Assert.True(m.Contains("MetricsService\n", StringComparison.Ordinal) || m.Contains("TraceService\n", StringComparison.Ordinal), m));
    }

    [Fact]
    public async Task What_a_model_does_wrong_is_counted_as_its_mistake()
    {
        await using var collector = await Collector.StartAsync();
        ConcurrentBag<string> calls = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (i, l) =>
            {
                if (i.Name == "memu.call.duration")
                {
                    l.EnableMeasurementEvents(i);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => calls.Add(string.Join(' ', tags.ToArray().Select(t => t.Value))));
        listener.Start();

        await UseAsync(s => s.Server.OtlpEndpoint = collector.Address.ToString(), async client => Assert.Contains("blank", await client.RefusedAsync("retrieve", new { query = " " }), StringComparison.Ordinal));

        Assert.Contains("mcp retrieve 200", calls);
        Assert.Contains("mcp retrieve 400", calls);
        Assert.DoesNotContain("mcp retrieve 500", calls);
    }

    [Fact]
    public async Task A_collector_that_is_no_address_is_said_before_anything_is_served() => Assert.Contains(
        "server.otlp_endpoint",
        (await Assert.ThrowsAsync<ArgumentException>(() => UseAsync(s => s.Server.OtlpEndpoint = "nowhere"))).Message, StringComparison.Ordinal);

    private static string Sent(Collector collector, string service) =>
        string.Concat(collector.Messages.Where(m => m[..m.IndexOf('\n', StringComparison.Ordinal)].EndsWith(service, StringComparison.Ordinal)));

    private static async Task UseAsync(Action<MemUSettings> configure, Func<McpClient, Task>? more = null)
    {
        using var folder = new TemporaryFolder();
        var settings = new MemUSettings { UserId = "zanzibaruser" };
        settings.Llm.Provider = "offline";
        settings.Database.Provider = "memory";
        configure(settings);
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var serving = MemoryMcp.RunAsync(settings, toServer.Reader.AsStream(), toClient.Writer.AsStream());
        if (serving.IsFaulted)
        {
            await serving;
        }

        await using (var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()), McpClients.Patient))
        {
            await client.ToolAsync("memorize", new { text = "I keep zanzibarcanary bees." });
            await client.ToolAsync("retrieve", new { query = "Which bees?" });
            await Assert.ThrowsAnyAsync<Exception>(async () => await client.CallToolAsync("zanzibartool"));
            await (more?.Invoke(client) ?? Task.CompletedTask);
        }

        await toServer.Writer.CompleteAsync();
        await serving;
    }
}
