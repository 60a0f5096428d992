namespace MemU.Server.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Numbers_are_served_to_the_operator_and_name_nobody()
    {
        await using var server = await RunningServer.StartAsync();
        using var admin = await server.ClientAsync("zanzibaruser", rights: "read,write,admin");
        await admin.PostAsync("/v1/memorize", new { text = "I keep zanzibarcanary bees." });
        await admin.PostAsync("/v1/retrieve", new { query = "Which bees?" });

        await admin.PostAsync("/v1/retrieve", new { query = "Which bees?" });
        var numbers = await admin.GetStringAsync("/metrics");

        Assert.Contains("memu_call_duration_seconds_count", numbers, StringComparison.Ordinal);
        Assert.Contains("verb=\"retrieve\"", numbers, StringComparison.Ordinal);
        Assert.Contains("memu_memorize_stage_duration_seconds_count", numbers, StringComparison.Ordinal);
        Assert.Contains("stage=\"commit\"", numbers, StringComparison.Ordinal);
        Assert.Contains("memu_cache_lookups_total", numbers, StringComparison.Ordinal);
        Assert.Contains("cache=\"words\",outcome=\"miss\"", numbers, StringComparison.Ordinal);
        Assert.Contains("cache=\"words\",outcome=\"hit\"", numbers, StringComparison.Ordinal);
        Assert.Contains("memu_jobs_open", numbers, StringComparison.Ordinal);
        Assert.DoesNotContain("zanzibar", numbers, StringComparison.Ordinal);
    }
}
