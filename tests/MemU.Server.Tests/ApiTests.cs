using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace MemU.Server.Tests;

public sealed class ApiTests
{
    [Fact]
    public async Task A_file_is_uploaded_and_found()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("# Lease\n\nThe rent is 900 euros, due on the first of the month.")), "file", "../../lease.md" },
            { new StringContent("lease"), "name" }, { new StringContent("document"), "modality" }, { new StringContent("tenant-agent"), "agent_id" },
        };

        var stored = await client.PostAsync("/v1/memorize", form).JsonAsync();
        var found = await client.PostAsync("/v1/retrieve", new { query = "How much is the rent?", agent_id = "tenant-agent" });

        Assert.Equal("upload:lease", stored.GetProperty("resource").GetProperty("url").GetString());
        Assert.Equal("document", stored.GetProperty("resource").GetProperty("modality").GetString());
        Assert.Contains("900 euros", found.GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
        var content = await client.GetAsync($"/v1/resources/{stored.GetProperty("resource").Id()}/content?agent_id=tenant-agent");
        Assert.Contains("900 euros", await content.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("application/octet-stream", content.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", content.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", content.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Messages_keep_their_ids_and_the_same_name_replaces_them()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        var first = await client.PostAsync("/v1/memorize", RunningServer.Json(
            """{"messages": [{"role": "user", "content": "We moved to Harbour Street 12.", "id": "m1"}], "name": "monday"}""")).JsonAsync();
        var second = await client.PostAsync("/v1/memorize", RunningServer.Json(
            """{"messages": [{"role": "user", "content": "We moved to Harbour Street 14.", "id": "m2"}], "name": "monday"}""")).JsonAsync();

        Assert.Equal(("added", "replaced"), (first.GetProperty("outcome").GetString(), second.GetProperty("outcome").GetString()));
        var passage = (await client.GetAsync("/v1/passages").JsonAsync()).GetProperty("passages")[0];
        Assert.Equal(("m2", "user"), (passage.GetProperty("message_id").GetString(), passage.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task A_batch_tells_the_outcome_of_each()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();

        var batch = await client.PostAsync("/v1/memorize/batch", RunningServer.Json(
            """{"sources": [{"text": "I keep bees."}, {"messages": []}, {"text": "I keep bees."}]}""")).JsonAsync();

        Assert.Equal(["added", "failed", "unchanged"], batch.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Lists_go_on_where_the_page_before_ended()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        for (var i = 0; i < 5; i++)
        {
            await client.PostAsync("/v1/items", new { summary = $"Fact number {i}.", memory_type = i % 2 == 0 ? "knowledge" : "event" }, HttpStatusCode.Created);
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            var page = await client.GetAsync($"/v1/items?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}").JsonAsync();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("summary").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString();
        }
        while (cursor is not null);

        Assert.Equal(["Fact number 4.", "Fact number 3.", "Fact number 2.", "Fact number 1.", "Fact number 0."], seen);
        var events = await client.GetAsync("/v1/items?memory_type=event").JsonAsync();
        Assert.Equal(2, events.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Only_who_has_seen_the_latest_state_changes_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        var item = await client.PostAsync("/v1/items", new { summary = "I live in Bergen." }, HttpStatusCode.Created);
        var category = await client.PostAsync("/v1/categories", new { name = "boats" }, HttpStatusCode.Created);

        foreach (var (path, change, again) in new[]
        {
            ($"/v1/items/{item.Id()}", """{"summary": "I live in Oslo."}""", """{"summary": "I live in Rome."}"""),
            ($"/v1/categories/{category.Id()}", """{"summary": "One boat."}""", """{"summary": "Two boats."}"""),
        })
        {
            using var seen = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, await PatchAsync(path, change, seen.Headers.ETag));
            Assert.Equal(HttpStatusCode.PreconditionFailed, await PatchAsync(path, again, seen.Headers.ETag));
            Assert.Equal(HttpStatusCode.OK, await PatchAsync(path, again, EntityTagHeaderValue.Any));
            Assert.Equal(HttpStatusCode.OK, await PatchAsync(path, change, null));
        }

        var history = await client.GetAsync($"/v1/items/{item.Id()}/history").JsonAsync();
        Assert.Equal(3, history.GetProperty("history").GetArrayLength());

        async Task<HttpStatusCode> PatchAsync(string path, string json, EntityTagHeaderValue? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = RunningServer.Json(json) };
            if (tag is not null)
            {
                request.Headers.IfMatch.Add(tag);
            }

            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Of_many_who_saw_the_same_state_one_changes_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        var item = await client.PostAsync("/v1/items", new { summary = "I live in Bergen." }, HttpStatusCode.Created);
        using var seen = await client.GetAsync($"/v1/items/{item.Id()}");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"/v1/items/{item.Id()}") { Content = RunningServer.Json($$"""{"summary": "I live in town {{i}}."}""") };
            request.Headers.IfMatch.Add(seen.Headers.ETag!);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }));

        Assert.Single(outcomes, HttpStatusCode.OK);
        Assert.Equal(7, outcomes.Count(o => o == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task The_same_idempotency_key_makes_one_record()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        using var other = await server.ClientAsync("bob");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(client, "/v1/items", """{"summary": "I keep bees."}""")));
        var again = await Task.FromResult(await SendAsync(client, "/v1/items", """{"summary": "I keep bees."}""")).JsonAsync(HttpStatusCode.Created);
        await Task.FromResult(await SendAsync(client, "/v1/items", """{"summary": "I keep cats."}""")).ProblemAsync(409, "conflict");
        await Task.FromResult(await SendAsync(other, "/v1/items", """{"summary": "I keep cats."}""")).JsonAsync(HttpStatusCode.Created);

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Equal(again.Id(), (await client.GetAsync("/v1/items").JsonAsync()).GetProperty("items").EnumerateArray().Single().Id());

        static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string json)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = RunningServer.Json(json) };
            request.Headers.Add("Idempotency-Key", "once");
            return client.SendAsync(request);
        }
    }

    [Fact]
    public async Task An_export_goes_into_another_space_as_a_stream()
    {
        await using var server = await RunningServer.StartAsync();
        using var alice = await server.ClientAsync("alice");
        using var carol = await server.ClientAsync("carol");
        await alice.PostAsync("/v1/memorize", new { text = "The boat is called Nora." });

        using var export = await alice.GetAsync("/v1/export");
        var imported = await carol.PostAsync("/v1/import", new StreamContent(await export.Content.ReadAsStreamAsync())).JsonAsync();

        Assert.Equal("application/x-ndjson", export.Content.Headers.ContentType!.MediaType);
        Assert.Equal(1, imported.GetProperty("records").GetProperty("resource").GetInt32());
        Assert.Contains("Nora", await carol.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_a_space_gives_a_receipt_and_leaves_nothing()
    {
        await using var server = await RunningServer.StartAsync();
        using var operatorKey = await server.ClientAsync(user: null);
        await operatorKey.PostAsync("/v1/memorize", new { text = "The boat is called Nora.", user_id = "alice" });
        await operatorKey.PostAsync("/v1/memorize", new { text = "The cat is called Milo.", user_id = "bob" });

        await operatorKey.DeleteAsync("/v1/space").ProblemAsync(400, "invalid_request", "user_id");
        var receipt = await operatorKey.DeleteAsync("/v1/space?user_id=alice").JsonAsync();

        Assert.Equal(1, receipt.GetProperty("spaces")[0].GetProperty("resources").GetInt32());
        Assert.DoesNotContain("Nora", await operatorKey.GetStringAsync("/v1/export?user_id=alice"), StringComparison.Ordinal);
        Assert.Contains("Milo", await operatorKey.GetStringAsync("/v1/passages?user_id=bob"), StringComparison.Ordinal);
        var spaces = await operatorKey.GetAsync("/v1/spaces").JsonAsync();
        Assert.Equal(["bob"], spaces.GetProperty("spaces").EnumerateArray().Select(s => s.GetProperty("user_id").GetString()));
    }

    [Fact]
    public async Task Context_resolves_a_question_and_options_are_taken()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync();
        await client.PostAsync("/v1/memorize", new { text = "Alice is allergic to peanuts." });

        var found = await client.PostAsync("/v1/retrieve", RunningServer.Json(
            """{"queries": ["Tell me about Alice.", {"role": "assistant", "content": {"text": "She likes tea."}}, {"role": "user", "content": "What is she allergic to?"}], "top_k": 3, "judge": false, "tiers": ["items"], "max_tokens": 200, "explain": true, "recipe": "fast", "plan": true, "asked_at": "2026-05-01T10:00:00Z"}""")).JsonAsync();

        Assert.Equal("What is she allergic to?", found.GetProperty("original_query").GetString());
        Assert.Contains("Alice", found.GetProperty("rewritten_query").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, found.GetProperty("resources").GetArrayLength());
        Assert.Contains("peanuts", found.GetProperty("context").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Object, found.GetProperty("explanation").ValueKind);
        Assert.InRange(found.GetProperty("items").GetArrayLength(), 1, 3);
    }

    [Fact]
    public async Task A_key_has_a_rate_of_its_own()
    {
        await using var server = await RunningServer.StartAsync(s => s.Server.RequestsPerMinute = 30);
        using var alice = await server.ClientAsync("alice");
        using var bob = await server.ClientAsync("bob");
        HttpResponseMessage? refused = null;
        for (var i = 0; i < 60 && refused is null; i++)
        {
            var answer = await alice.GetAsync("/v1/stats");
            refused = answer.StatusCode == HttpStatusCode.TooManyRequests ? answer : null;
        }

        Assert.NotNull(refused?.Headers.RetryAfter);
        await Task.FromResult(refused!).ProblemAsync(429, "too_many_requests");
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/v1/stats")).StatusCode);
    }
}
