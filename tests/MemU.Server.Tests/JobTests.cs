using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MemU.Reasoning;
using MemU.Server.Jobs;
using MemU.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Server.Tests;

public sealed class JobTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_was_accepted_is_done_and_its_events_tell_how_far_it_is()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();

        using var answer = await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep bees."}"""));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var events = await client.GetAsync(answer.Headers.Location + "/events");
        var told = (await events.Content.ReadAsStringAsync()).Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l[6..]).RootElement).ToList();

        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        var end = told[^1];
        Assert.Equal(("completed", "added"), (end.GetProperty("state").GetString(), end.GetProperty("result").GetProperty("outcome").GetString()));
        var resource = await client.GetAsync($"/v1/resources/{end.GetProperty("result").GetProperty("resource_id").GetString()}").JsonAsync();
        Assert.Equal("alice", resource.GetProperty("user_id").GetString());
        Assert.DoesNotContain("bees", await client.GetStringAsync("/v1/jobs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_fails_is_reported_with_its_reason()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();

        var job = await EndAsync(client, await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"url": "http://127.0.0.1/"}""")).JsonAsync(HttpStatusCode.Accepted));

        Assert.Equal(("failed", "resource"), (job.GetProperty("state").GetString(), job.GetProperty("error").GetProperty("kind").GetString()));
        Assert.Contains("public address", job.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_idempotency_key_is_one_job()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        using var other = await server.ClientAsync("bob");

        var first = await SendAsync(client, """{"text": "I keep bees."}""").JsonAsync(HttpStatusCode.Accepted);
        var second = await SendAsync(client, """{"text": "I keep bees."}""").JsonAsync(HttpStatusCode.Accepted);
        await SendAsync(client, """{"text": "I keep cats."}""").ProblemAsync(409, "conflict");
        var bobs = await SendAsync(other, """{"text": "I keep cats."}""").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(first.Id(), second.Id());
        Assert.NotEqual(first.Id(), bobs.Id());

        static Task<HttpResponseMessage> SendAsync(HttpClient client, string json)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/v1/memorize?wait=false") { Content = RunningServer.Json(json) };
            request.Headers.Add("Idempotency-Key", "once");
            return client.SendAsync(request);
        }
    }

    [Fact]
    public async Task A_full_queue_is_429_and_what_waits_can_be_cancelled()
    {
        await using var blocked = await BlockedAsync();
        var (server, client) = blocked;
        var jobs = new List<JsonElement>();
        for (var i = 0; i < 4; i++)
        {
            jobs.Add(await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json($$"""{"text": "Fact {{i}} is true."}""")).JsonAsync(HttpStatusCode.Accepted));
        }

        await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "One too many is said."}""")).ProblemAsync(429, "queue_full");
        var last = await client.PostAsync($"/v1/jobs/{jobs[3].Id()}/cancel", null).JsonAsync();
        Assert.Equal("canceled", last.GetProperty("state").GetString());
        await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "Now there is room."}""")).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("canceled", Assert.Single((await client.GetAsync("/v1/jobs?state=canceled").JsonAsync()).GetProperty("jobs").EnumerateArray()).GetProperty("state").GetString());

        // What is being worked on stops too.
        var running = (await client.GetAsync("/v1/jobs?state=running").JsonAsync()).GetProperty("jobs")[0];
        await client.PostAsync($"/v1/jobs/{running.Id()}/cancel", null).JsonAsync();
        Assert.Equal("canceled", (await EndAsync(client, running)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Erasing_a_space_forgets_what_waited_for_it()
    {
        await using var blocked = await BlockedAsync();
        var (server, client) = blocked;
        using var bob = await server.ClientAsync("bob");
        await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "The first blocks."}""")).JsonAsync(HttpStatusCode.Accepted);
        var waiting = await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep zanzibarcanary bees."}""")).JsonAsync(HttpStatusCode.Accepted);
        var bobs = await bob.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep cats."}""")).JsonAsync(HttpStatusCode.Accepted);

        await client.DeleteAsync("/v1/space").JsonAsync();

        await client.GetAsync($"/v1/jobs/{waiting.Id()}").ProblemAsync(404, "not_found");
        Assert.Equal("pending", (await bob.GetAsync($"/v1/jobs/{bobs.Id()}").JsonAsync()).GetProperty("state").GetString());
        await server.App.Services.GetRequiredService<JobStore>().CountOpenAsync(default);
        foreach (var file in Directory.EnumerateFiles(server.Folder, "jobs.db*").Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain("zanzibarcanary", System.Text.Encoding.Latin1.GetString(await ReadSharedAsync(file)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_command_that_erases_a_space_forgets_its_jobs_and_leaves_no_trace()
    {
        using (var served = await ServeAsync())
        {
            var job = await served.Client.PostAsync("/v1/memorize?wait=false&user_id=alice", RunningServer.Json("""{"text": "I keep bees."}""")).JsonAsync(HttpStatusCode.Accepted);
            await served.Client.GetStringAsync($"/v1/jobs/{job.Id()}/events?user_id=alice");
        }

        Assert.Equal(0, await RunAsync("delete", "--space", "--user", "alice", "--yes"));
        Assert.Equal(0, await RunAsync("doctor", "--erased"));
        await using var database = new JobDatabase(folder.At("data", "jobs.db"));
        Assert.Empty(await new JobStore(database, new JobSecrecy(null), new IdSource(TimeProvider.System), TimeProvider.System).ListAsync(new MemoryScope("alice"), null, null, 10, default));

        async Task<int> RunAsync(params string[] args)
        {
            using var process = MemUProcess.Start([.. args, "--data", folder.At("data")]);
            process.StandardInput.Close();
            var texts = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            await texts;
            return process.ExitCode;
        }
    }

    [Fact]
    public async Task In_an_encrypted_folder_what_waits_is_encrypted_too()
    {
        var blocked = true;
        var reasoner = new TroubledReasoner(token => blocked ? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token) : Task.CompletedTask);
        var settings = RunningServer.SettingsIn(folder.At("data"));
        settings.Database.VectorDbPath = "sqlite";
        settings.Encryption.Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        for (var start = 0; start < 2; start++)
        {
            await using var app = MemUServer.Build(settings, new ServeOptions { NoAuth = true, Services = s => s.AddSingleton<IMemoryReasoner>(reasoner) });
            await app.StartAsync();
            using var client = new HttpClient { BaseAddress = new Uri(MemUServer.AddressesOf(app).Single()) };
            if (start == 0)
            {
                await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep zanzibarcanary bees."}""")).JsonAsync(HttpStatusCode.Accepted);
                await app.StopAsync();
                Assert.DoesNotContain("zanzibarcanary", System.Text.Encoding.Latin1.GetString(await ReadSharedAsync(folder.At("data", "jobs.db"))), StringComparison.Ordinal);
                blocked = false;
                continue;
            }

            var job = (await client.GetAsync("/v1/jobs").JsonAsync()).GetProperty("jobs")[0];
            Assert.Equal("completed", (await EndAsync(client, job)).GetProperty("state").GetString());
            Assert.Contains("zanzibarcanary", await client.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
            await app.StopAsync();
        }
    }

    [Fact]
    public async Task A_job_of_another_space_does_not_exist()
    {
        await using var server = await RunningServer.StartAsync();
        using var alice = await server.ClientAsync("alice");
        using var bob = await server.ClientAsync("bob");
        var job = await alice.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep bees."}""")).JsonAsync(HttpStatusCode.Accepted);

        await bob.GetAsync($"/v1/jobs/{job.Id()}").ProblemAsync(404, "not_found");
        await bob.GetAsync($"/v1/jobs/{job.Id()}/events").ProblemAsync(404, "not_found");
        await bob.PostAsync($"/v1/jobs/{job.Id()}/cancel", null).ProblemAsync(404, "not_found");
        await bob.GetAsync($"/memorize/status/{job.Id()}").ProblemAsync(404, "not_found");
        await alice.GetAsync($"/v1/jobs/{job.Id()}?agent_id=another").ProblemAsync(404, "not_found");
        Assert.Empty((await bob.GetAsync("/v1/jobs").JsonAsync()).GetProperty("jobs").EnumerateArray());
        Assert.Equal("completed", (await EndAsync(alice, job)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_existing_clients_memorize_in_the_background_and_ask_how_far_it_is()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);

        var started = (await client.PostAsync("/memorize", RunningServer.Json(
            """{"conversation": [{"role": "user", "content": {"text": "I'm allergic to peanuts."}, "created_at": "2026-05-01 10:00:00"}], "user_id": "erin", "override_config": {"x": 1}}""")).JsonAsync()).GetProperty("result");

        Assert.Equal(["task_id", "status", "message"], started.EnumerateObject().Select(p => p.Name));
        Assert.Matches("^memorize-[0-9a-f]{32}$", started.GetProperty("task_id").GetString());
        Assert.Equal("PENDING", started.GetProperty("status").GetString());
        Assert.Contains("override_config was not applied", started.GetProperty("message").GetString(), StringComparison.Ordinal);
        JsonElement status;
        do
        {
            status = (await client.GetAsync($"/memorize/status/{started.GetProperty("task_id").GetString()}").JsonAsync()).GetProperty("result");
            Assert.Equal(["task_id", "status", "detail"], status.EnumerateObject().Select(p => p.Name));
        }
        while (status.GetProperty("status").GetString() is "PENDING" or "RUNNING");
        Assert.Equal("COMPLETED", status.GetProperty("status").GetString());
        Assert.Contains("peanuts", await client.GetStringAsync("/v1/passages?user_id=erin"), StringComparison.Ordinal);
        await client.GetAsync("/memorize/status/memorize-xyz").ProblemAsync(422, "invalid_request", "task_id");
        await client.GetAsync($"/memorize/status/memorize-{new string('0', 32)}%0a").ProblemAsync(422, "invalid_request", "task_id");
        await client.GetAsync($"/memorize/status/memorize-{new string('0', 32)}").ProblemAsync(404, "not_found");
        await client.PostAsync("/memorize", RunningServer.Json("""{"conversation": [{"role": "user", "content": "x"}], "user_id": " "}""")).ProblemAsync(422, "invalid_request", "user_id");
        await client.PostAsync("/memorize", RunningServer.Json("""{"user_id": "erin"}""")).ProblemAsync(400, "invalid_request", "conversation");
    }

    [Fact]
    public async Task Killed_in_the_middle_of_many_jobs_each_is_finished_once_after_the_restart()
    {
        const int Jobs = 200;
        var first = await ServeAsync();
        List<string> ids = [];
        for (var i = 0; i < Jobs; i++)
        {
            ids.Add((await first.Client.PostAsync($"/v1/memorize?wait=false&user_id=user{i % 4}", RunningServer.Json($$"""{"text": "Fact number {{i}} about the harbour is true."}""")).JsonAsync(HttpStatusCode.Accepted)).Id());
        }

        first.Process.Kill();
        await first.Process.WaitForExitAsync();
        first.Dispose();
        using var second = await ServeAsync();
        var open = new JobDatabase(folder.At("data", "jobs.db"));
        await using (open)
        {
            var store = new JobStore(open, new JobSecrecy(null), new IdSource(TimeProvider.System), TimeProvider.System);
            while (await store.CountOpenAsync(default) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            }

            foreach (var id in ids)
            {
                Assert.Equal(JobState.Completed, (await store.GetAsync(id, default))!.State);
            }
        }

        List<string> texts = [];
        for (var user = 0; user < 4; user++)
        {
            var page = await second.Client.GetAsync($"/v1/passages?user_id=user{user}&limit=1000").JsonAsync();
            texts.AddRange(page.GetProperty("passages").EnumerateArray().Select(p => p.GetProperty("text").GetString()!));
        }

        Assert.Equal(Enumerable.Range(0, Jobs).Select(i => $"Fact number {i} about the harbour is true.").Order(), texts.Order());
    }

    [Fact]
    public async Task What_fails_for_a_while_is_tried_again()
    {
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<IMemoryReasoner>(TroubledReasoner.Failing(1)));
        using var client = await server.ClientAsync();

        var job = await EndAsync(client, await client.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep bees in the garden."}""")).JsonAsync(HttpStatusCode.Accepted));

        Assert.Equal(("completed", 2), (job.GetProperty("state").GetString(), job.GetProperty("attempts").GetInt32()));
    }

    private static async Task<BlockedServer> BlockedAsync()
    {
        var server = await RunningServer.StartAsync(s => (s.Server.MaxQueuedJobs, s.Server.JobParallelism) = (4, 1), services: s => s.AddSingleton<IMemoryReasoner>(TroubledReasoner.Blocking()));
        return new BlockedServer(server, await server.ClientAsync());
    }

    private static async Task<JsonElement> EndAsync(HttpClient client, JsonElement job)
    {
        var events = await client.GetStringAsync($"/v1/jobs/{job.Id()}/events");
        return JsonDocument.Parse(events.Split('\n').Last(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..]).RootElement;
    }

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory);
        return memory.ToArray();
    }

    private async Task<Served> ServeAsync()
    {
        var process = MemUProcess.Start(["serve", "--urls", "http://127.0.0.1:0", "--no-auth", "--quiet", "--data", folder.At("data"), "--provider", "offline"]);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new Served(process, new HttpClient { BaseAddress = new Uri(line["Listening on ".Length..]) });
    }

    private sealed record Served(Process Process, HttpClient Client) : IDisposable
    {
        public void Dispose()
        {
            Client.Dispose();
            if (!Process.HasExited)
            {
                Process.Kill();
                Process.WaitForExit();
            }

            Process.Dispose();
        }
    }

    private sealed record BlockedServer(RunningServer Server, HttpClient Client) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Server.DisposeAsync();
        }
    }
}
