using System.Net;
using System.Net.Sockets;
using MemU.TestSupport;

namespace MemU.Tests.Llm;

public sealed class ModelFaultTests
{
    private const string Plan = """{"needs_retrieval": true, "query": "q", "reason": "r"}""";

    [Fact]
    public async Task A_busy_provider_is_asked_again_after_the_time_it_names()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.Status(429, retryAfter: "7"), ScriptedReply.Text(Plan));

        var plan = await model.PlanAsync();

        Assert.True(plan.NeedsRetrieval);
        Assert.Equal([TimeSpan.FromSeconds(7)], model.Time.Waits);
        Assert.Equal(2, model.Server.Requests.Count);
        Assert.Equal(1, model.Log.Usage.Calls);
    }

    [Fact]
    public async Task A_retry_date_is_read_against_the_clock()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.Status(503, retryAfter: "Wed, 01 May 2024 12:00:09 GMT"), ScriptedReply.Text(Plan));

        await model.PlanAsync();

        Assert.Equal([TimeSpan.FromSeconds(9)], model.Time.Waits);
    }

    [Fact]
    public async Task No_wait_is_longer_than_a_minute_whatever_the_provider_asks_for()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.Status(429, retryAfter: "86400"), ScriptedReply.Text(Plan));

        await model.PlanAsync();

        Assert.Equal([TimeSpan.FromSeconds(60)], model.Time.Waits);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task A_provider_that_keeps_failing_is_given_up_after_the_configured_tries(int status)
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 3);
        model.Server.Always(ScriptedReply.Status(status));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync());

        Assert.Equal("plan", error.Task);
        Assert.True(error.IsTransient);
        Assert.Contains($"({status}", error.Message);
        Assert.Contains("4 times", error.Message);
        Assert.Equal(4, model.Server.Requests.Count);
        Assert.Equal(3, model.Time.Waits.Count);
        Assert.All(model.Time.Waits, w => Assert.InRange(w, TimeSpan.Zero, TimeSpan.FromSeconds(60)));
        Assert.Equal(0, model.Log.Usage.Calls);
    }

    [Fact]
    public async Task Without_retries_one_failure_is_the_end()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 0);
        model.Server.Always(ScriptedReply.Status(500));

        await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync());

        Assert.Single(model.Server.Requests);
    }

    [Fact]
    public async Task A_dropped_connection_is_tried_again()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Reply(ScriptedReply.Drop(), ScriptedReply.DropInBody(Plan), ScriptedReply.Text(Plan));

        await model.PlanAsync();

        Assert.Equal(3, model.Server.Requests.Count);
    }

    [Fact]
    public async Task A_provider_that_only_drops_connections_is_named()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 1);
        model.Server.Always(ScriptedReply.Drop());

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync());

        Assert.True(error.IsTransient);
        Assert.Contains(new Uri(model.Server.Address).Authority, error.Message);
        Assert.Contains("llm.base_url", error.Message);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_named()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var model = await ModelUnderTest.StartAsync(s => s.BaseUrl = $"http://127.0.0.1:{port}/v1");

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync());

        Assert.True(error.IsTransient);
        Assert.Contains($"127.0.0.1:{port}", error.Message);
    }

    [Fact]
    public async Task A_slow_answer_is_given_up_and_asked_for_again()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 1);
        var never = new TaskCompletionSource();
        model.Server.Always(ScriptedReply.Text(Plan).After(never.Task));

        var plan = model.PlanAsync();
        await model.Server.ArrivedAsync(1);
        model.Time.ExpireLimits();
        await model.Server.ArrivedAsync(2);
        model.Time.ExpireLimits();
        var error = await Assert.ThrowsAsync<ReasonerException>(() => plan);

        Assert.True(error.IsTransient);
        Assert.Contains("within 100 s", error.Message);
        Assert.Contains("llm.timeout_seconds", error.Message);
        Assert.Equal(2, model.Server.Requests.Count);
    }

    [Theory]
    [InlineData(400, "llm.chat_model")]
    [InlineData(401, "llm.api_key")]
    [InlineData(403, "llm.api_key")]
    [InlineData(404, "llm.base_url")]
    [InlineData(413, "smaller")]
    [InlineData(301, "llm.base_url")]
    public async Task A_mistake_in_the_settings_is_reported_at_once_with_the_setting_to_mend(int status, string hint)
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Always(ScriptedReply.Status(status, "model_not_found", $"Incorrect API key provided: {ModelUnderTest.Key}. You wrote: Where does Alice live?"));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync());

        Assert.Single(model.Server.Requests);
        Assert.False(error.IsTransient);
        Assert.Contains("openai", error.Message);
        Assert.Contains(new Uri(model.Server.Address).Authority, error.Message);
        Assert.Contains("gpt-4o-mini", error.Message);
        Assert.Contains(status.ToString(), error.Message);
        Assert.Contains(hint, error.Message);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task Neither_key_nor_question_nor_reply_reach_an_exception_or_a_log(int status)
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxRetries = 1);
        model.Server.Always(ScriptedReply.Status(status, ModelUnderTest.Key, $"key {ModelUnderTest.Key} question zebra-question reply zebra-reply"));

        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync("zebra-question"));

        AssertClean(error + model.Logs.All + string.Join('\n', model.Log.Notes));
    }

    [Fact]
    public async Task Questions_and_replies_are_not_logged_when_all_goes_well_or_the_reply_is_rubbish()
    {
        await using var model = await ModelUnderTest.StartAsync();
        model.Server.Say("""{"needs_retrieval": true, "query": "zebra-reply"}""", "zebra-reply", "zebra-reply");

        await model.PlanAsync("zebra-question");
        var error = await Assert.ThrowsAsync<ReasonerException>(() => model.PlanAsync("zebra-question"));

        Assert.Contains("plan", model.Logs.All);
        AssertClean(error + model.Logs.All + string.Join('\n', model.Log.Notes));
    }

    [Fact]
    public async Task Cancelling_ends_a_call_and_is_no_fault_of_the_model()
    {
        await using var model = await ModelUnderTest.StartAsync();
        var never = new TaskCompletionSource();
        model.Server.Always(ScriptedReply.Text(Plan).After(never.Task));
        using var cancel = new CancellationTokenSource();

        var plan = model.Reasoner.PlanAsync(model.Scope, new("q", []), model.Log, cancel.Token);
        await model.Server.ArrivedAsync(1);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => plan);
        Assert.Single(model.Server.Requests);
    }

    [Fact]
    public async Task No_more_calls_run_at_once_than_allowed()
    {
        await using var model = await ModelUnderTest.StartAsync(s => s.MaxParallelism = 2);
        var gate = new TaskCompletionSource();
        model.Server.Always(ScriptedReply.Text(Plan).After(gate.Task));

        var plans = Enumerable.Range(0, 6).Select(_ => model.PlanAsync()).ToList();
        await model.Server.ArrivedAsync(2);
        using (var fence = new HttpClient())
        {
            for (var i = 0; i < 20; i++)
            {
                await fence.GetAsync(model.Server.Address + "/fence");
            }
        }

        Assert.Equal(2, model.Server.Chats.Count);
        gate.SetResult();
        await Task.WhenAll(plans);
        Assert.Equal(6, model.Server.Chats.Count);
    }

    private static void AssertClean(string text)
    {
        Assert.DoesNotContain(ModelUnderTest.Key, text);
        Assert.DoesNotContain("zebra", text);
    }
}
