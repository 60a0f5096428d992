using System.Net;
using System.Text.Json;
using MemU.Maintenance;
using MemU.Reasoning;
using MemU.Server.Api;
using MemU.Server.Jobs;
using MemU.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace MemU.Server.Tests;

/// <summary>After an erasure has answered, nothing that was accepted before it comes back.</summary>
public sealed class EraseWithJobsTests
{
    private const string Canary = "zanzibarcanary";
    private static readonly MemoryScope Alice = new("alice");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_that_is_being_worked_on_stores_nothing_after_the_erasure(bool encrypted)
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate, encrypted);
        using var alice = await server.ClientAsync();
        var events = await AcceptAsync(alice);
        await gate.Entered;

        await alice.DeleteAsync("/v1/space").JsonAsync();

        await NothingHoldsTheCanaryAsync(server);
        gate.Open();
        await events;
        await IsGoneAsync(server, alice);
    }

    [Fact]
    public async Task Nor_does_it_when_another_process_erases()
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var alice = await server.ClientAsync();
        var events = await AcceptAsync(alice);
        await gate.Entered;

        await RunAsync("delete", "--space", "--user", "alice", "--yes", "--data", server.Folder);

        await NothingHoldsTheCanaryAsync(server);
        gate.Open();
        await events;
        await IsGoneAsync(server, alice);
        await RunAsync("doctor", "--erased", "--data", server.Folder);
    }

    [Fact]
    public async Task The_command_for_all_agents_finds_a_space_of_which_only_a_job_is_there()
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var alice = await server.ClientAsync();
        using var bob = await server.ClientAsync("bob");
        var events = await AcceptAsync(alice, "&agent_id=cook");
        await gate.Entered;
        var bobs = await bob.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep cats."}""")).JsonAsync(HttpStatusCode.Accepted);

        await RunAsync("delete", "--space", "--user", "alice", "--all-agents", "--yes", "--data", server.Folder);

        gate.Open();
        await events;
        await bob.GetStringAsync($"/v1/jobs/{bobs.Id()}/events");
        await NothingHoldsTheCanaryAsync(server);
        Assert.Contains("cats", await bob.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"user_id": "alice"}""")]
    [InlineData("""{"agent_id": "cook"}""")]
    [InlineData("""{"user_id": "alice", "agent_id": "cook"}""")]
    public async Task Clear_finds_a_space_of_which_only_a_job_is_there(string body)
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var blocks = await server.ClientAsync("bob");
        using var alice = await server.ClientAsync();
        await blocks.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep cats."}""")).JsonAsync(HttpStatusCode.Accepted);
        await gate.Entered;
        var waiting = await alice.PostAsync("/v1/memorize?wait=false&agent_id=cook", RunningServer.Json($$"""{"text": "I keep {{Canary}} bees."}""")).JsonAsync(HttpStatusCode.Accepted);

        await alice.PostAsync("/clear", RunningServer.Json(body)).JsonAsync();

        await alice.GetAsync($"/v1/jobs/{waiting.Id()}?agent_id=cook").ProblemAsync(404, "not_found");
        Assert.Equal("running", (await blocks.GetAsync("/v1/jobs").JsonAsync()).GetProperty("jobs")[0].GetProperty("state").GetString());
        gate.Open();
        await NothingHoldsTheCanaryAsync(server);
    }

    [Fact]
    public async Task An_erasure_that_knows_nothing_of_jobs_lets_none_of_them_store_anything()
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var alice = await server.ClientAsync();
        var running = await AcceptAsync(alice);
        await gate.Entered;
        var waiting = await alice.PostAsync("/v1/memorize?wait=false", RunningServer.Json($$"""{"text": "I keep another {{Canary}}."}""")).JsonAsync(HttpStatusCode.Accepted);

        await server.App.Services.GetRequiredService<MemoryMaintenance>().EraseAsync(Alice);
        var later = await alice.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep goats."}""")).JsonAsync(HttpStatusCode.Accepted);
        gate.Open();

        Assert.Equal(("failed", "erased"), Ended(await running));
        Assert.Equal(("failed", "erased"), Ended(await alice.GetStringAsync($"/v1/jobs/{waiting.Id()}/events")));
        Assert.Equal("completed", Ended(await alice.GetStringAsync($"/v1/jobs/{later.Id()}/events")).State);
        await NothingHoldsTheCanaryAsync(server);
        Assert.Contains("goats", await alice.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_waits_for_its_answer_is_told_that_the_space_was_erased()
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var alice = await server.ClientAsync();
        var answer = alice.PostAsync("/v1/memorize", RunningServer.Json($$"""{"text": "I keep {{Canary}} bees."}"""));
        await gate.Entered;

        await alice.DeleteAsync("/v1/space").JsonAsync();
        gate.Open();

        await answer.ProblemAsync(409, "erased");
        await NothingHoldsTheCanaryAsync(server);
    }

    [Fact]
    public async Task What_is_accepted_after_an_erasure_is_not_forgotten_with_what_came_before()
    {
        await using var database = new JobDatabase(null);
        var jobs = StoreOf(database);
        var before = await AddAsync(jobs, mark: 3);
        var after = await AddAsync(jobs, mark: 4);

        await jobs.EraseEarlierAsync(Alice, (mark, _) => Task.FromResult(mark < 4), default);

        Assert.Null(await jobs.GetAsync(before.Id, default));
        Assert.Equal(4, (await jobs.GetAsync(after.Id, default))!.ErasureMark);
    }

    [Fact]
    public async Task What_is_accepted_after_an_erasure_stays_when_a_neighbour_is_erased_before_it_has_ended()
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var blocks = await server.ClientAsync("bob");
        using var alice = await server.ClientAsync();
        await blocks.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep cats."}""")).JsonAsync(HttpStatusCode.Accepted);
        await gate.Entered;
        JsonElement later = default;
        var progress = new Meanwhile("clean the files", async () =>
        {
            later = await alice.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep goats."}""")).JsonAsync(HttpStatusCode.Accepted);
            await server.App.Services.GetRequiredService<MemoryMaintenance>().EraseAsync(new MemoryScope("carol"));
        });

        await server.App.Services.GetRequiredService<SpaceErasing>().RunAsync([Alice], progress, default);

        gate.Open();
        Assert.Equal("completed", Ended(await alice.GetStringAsync($"/v1/jobs/{later.Id()}/events")).State);
        Assert.Contains("goats", await alice.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_whose_space_was_erased_while_its_server_died_is_not_begun_again()
    {
        await using var database = new JobDatabase(null);
        var jobs = StoreOf(database);
        var erased = await AddAsync(jobs, mark: 0);
        await jobs.TakeAsync(default);
        await jobs.EraseAsync(Alice, default);
        Assert.True((await jobs.GetAsync(erased.Id, default))!.CancelAsked);

        await jobs.RecoverAsync(TimeSpan.FromDays(1), default);

        Assert.Null(await jobs.GetAsync(erased.Id, default));
        Assert.Null(await jobs.TakeAsync(default));
    }

    [Fact]
    public async Task The_jobs_of_an_earlier_version_are_read()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("jobs.db");
        await using (var older = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await older.OpenAsync();
            await using var command = older.CreateCommand();
            command.CommandText =
                """
                CREATE TABLE jobs(
                    id TEXT PRIMARY KEY, tenant_id TEXT NOT NULL, user_id TEXT NOT NULL, agent_id TEXT NOT NULL, state TEXT NOT NULL, source BLOB, attempts INTEGER NOT NULL DEFAULT 0,
                    not_before INTEGER NOT NULL, cancel_asked INTEGER NOT NULL DEFAULT 0, created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER,
                    error_kind TEXT, error_message TEXT, outcome TEXT, resource_id TEXT, caller TEXT NOT NULL, idempotency_key TEXT, request_hash TEXT);
                INSERT INTO jobs(id, tenant_id, user_id, agent_id, state, source, not_before, created_at, caller)
                    VALUES ('memorize-1', 'default', 'alice', 'default', 'pending', CAST('{"kind":"text","text":"I keep bees."}' AS BLOB), 0, 0, 'k');
                """;
            await command.ExecuteNonQueryAsync();
        }

        await using var database = new JobDatabase(file);
        var (job, source) = (await StoreOf(database).TakeAsync(default))!.Value;

        Assert.Null(job.ErasureMark);
        Assert.Equal("I keep bees.", (await StoreOf(database).OpenAsync(job, source, default)).Text);
    }

    private static Task<RunningServer> StartAsync(Gate gate, bool encrypted = false) => RunningServer.StartAsync(
        s =>
        {
            s.Server.JobParallelism = 1;
            if (encrypted)
            {
                s.Database.VectorDbPath = "sqlite";
                s.Encryption.Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
            }
        },
        services: s => s.AddSingleton<IMemoryReasoner>(new TroubledReasoner(gate.PassAsync)));

    /// <summary>Has something memorized later; the answer is what its events tell, up to its end.</summary>
    private static async Task<Task<string>> AcceptAsync(HttpClient client, string query = "")
    {
        var job = await client.PostAsync($"/v1/memorize?wait=false{query}", RunningServer.Json($$"""{"text": "I keep {{Canary}} bees."}""")).JsonAsync(HttpStatusCode.Accepted);
        return client.GetStringAsync($"/v1/jobs/{job.Id()}/events?{query.TrimStart('&')}");
    }

    private static (string? State, string? Kind) Ended(string events)
    {
        var job = JsonDocument.Parse(events.Split('\n').Last(l => l.StartsWith("data: ", StringComparison.Ordinal))[6..]).RootElement;
        return (job.GetProperty("state").GetString(), job.GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("kind").GetString() : null);
    }

    private static async Task IsGoneAsync(RunningServer server, HttpClient alice)
    {
        Assert.Empty((await alice.GetAsync("/v1/passages").JsonAsync()).GetProperty("passages").EnumerateArray());
        Assert.Empty((await alice.GetAsync("/v1/items").JsonAsync()).GetProperty("items").EnumerateArray());
        Assert.Empty((await alice.GetAsync("/v1/jobs").JsonAsync()).GetProperty("jobs").EnumerateArray());
        await NothingHoldsTheCanaryAsync(server);
    }

    private static async Task NothingHoldsTheCanaryAsync(RunningServer server)
    {
        foreach (var file in Directory.EnumerateFiles(server.Folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes);
            Assert.True(bytes.ToArray().AsSpan().IndexOf("zanzibarcanary"u8) < 0, file);
        }
    }

    [Fact]
    public async Task A_backup_says_that_jobs_are_not_in_it_and_a_reset_forgets_them()
    {
        var gate = new Gate();
        await using var server = await StartAsync(gate);
        using var bob = await server.ClientAsync("bob");
        using var alice = await server.ClientAsync();
        await bob.PostAsync("/v1/memorize?wait=false", RunningServer.Json("""{"text": "I keep cats."}""")).JsonAsync(HttpStatusCode.Accepted);
        await gate.Entered;
        var waiting = await alice.PostAsync("/v1/memorize?wait=false", RunningServer.Json($$"""{"text": "I keep {{Canary}} bees."}""")).JsonAsync(HttpStatusCode.Accepted);
        using var backups = new TemporaryFolder();

        var backup = JsonDocument.Parse(await RunAsync("backup", "--to", backups.Path, "--json", "--data", server.Folder)).RootElement;
        await RunAsync("reset", "--yes", "--data", server.Folder);

        Assert.Contains("2 jobs", Assert.Single(backup.GetProperty("warnings").EnumerateArray()).GetString(), StringComparison.Ordinal);
        await alice.GetAsync($"/v1/jobs/{waiting.Id()}").ProblemAsync(404, "not_found");
        await NothingHoldsTheCanaryAsync(server);
        gate.Open();
    }

    [Fact]
    public async Task The_receipt_lists_the_keys_that_still_name_the_user_and_the_command_forgets_them()
    {
        await using var server = await RunningServer.StartAsync();
        using var alice = await server.ClientAsync();
        using var bob = await server.ClientAsync("bob");
        await alice.PostAsync("/v1/memorize", RunningServer.Json($$"""{"text": "I keep {{Canary}} bees."}""")).JsonAsync();

        var receipt = JsonDocument.Parse(await RunAsync("delete", "--space", "--user", "alice", "--yes", "--json", "--data", server.Folder)).RootElement;
        Assert.Equal(server.Keys.List().Single(k => k.User == "alice").Id, Assert.Single(receipt.GetProperty("keys").EnumerateArray()).GetString());
        await RunAsync("keys", "revoke", "--user", "alice", "--forget", "--data", server.Folder);

        Assert.DoesNotContain("alice", await File.ReadAllTextAsync(server.Keys.FilePath), StringComparison.Ordinal);
        await alice.GetAsync("/v1/items").ProblemAsync(401, "unauthenticated");
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/v1/items")).StatusCode);
    }

    private static async Task<string> RunAsync(params string[] args)
    {
        using var process = MemUProcess.Start(args);
        process.StandardInput.Close();
        var texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join('\n', texts));
        return texts[0];
    }

    private static JobStore StoreOf(JobDatabase database) => new(database, new JobSecrecy(null), new IdSource(TimeProvider.System), TimeProvider.System);

    private static Task<Job> AddAsync(JobStore jobs, long mark) =>
        jobs.AddAsync(Alice, new IncomingSource("text", "I keep bees.", null, null, null, null), "k", null, 10, _ => Task.FromResult(mark), default);

    /// <summary>Does something when an erasure has come to a step.</summary>
    private sealed class Meanwhile(string step, Func<Task> work) : IProgress<MaintenanceProgress>
    {
        public void Report(MaintenanceProgress value)
        {
            if (value.Step == step)
            {
                Task.Run(work).GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Holds whoever thinks, deaf to cancellation, until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => entered.Task;

        public void Open() => open.TrySetResult();

        public Task PassAsync(CancellationToken cancellationToken)
        {
            entered.TrySetResult();
            return open.Task;
        }
    }
}
