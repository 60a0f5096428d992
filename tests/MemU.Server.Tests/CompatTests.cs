using System.Net;
using System.Text.Json;

namespace MemU.Server.Tests;

/// <summary>The contract of the existing clients, field by field.</summary>
public sealed class CompatTests
{
    private const string Chat = """[{"role": "user", "content": {"text": "I'm allergic to peanuts."}, "created_at": "2026-05-01 10:00:00"}, {"role": "assistant", "content": "I will keep that in mind."}]""";

    [Fact]
    public async Task The_root_says_hello()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = server.Client(null);

        var answer = await client.GetAsync("/").JsonAsync();

        Assert.Equal("success", answer.GetProperty("status").GetString());
        Assert.NotEmpty(answer.GetProperty("result").GetProperty("message").GetString()!);
        Assert.NotEmpty(answer.GetProperty("message").GetString()!);
    }

    [Fact]
    public async Task The_playground_memorizes_and_retrieves_in_the_default_space()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);

        var stored = await client.PostAsync("/api/memorize", RunningServer.Json($$"""{"content": {{Chat}}}""")).JsonAsync();
        var found = await client.PostAsync("/api/retrieve", RunningServer.Json("""{"query": "What is the user allergic to?"}""")).JsonAsync();

        Assert.Equal(["status", "result"], Names(stored));
        Assert.Equal("success", stored.GetProperty("status").GetString());
        Assert.Equal(["resource", "items", "categories", "relations"], Names(stored.GetProperty("result")));
        Assert.Equal("default", stored.GetProperty("result").GetProperty("resource").GetProperty("user_id").GetString());
        Assert.Equal(10, stored.GetProperty("result").GetProperty("categories").GetArrayLength());
        Assert.Equal(["status", "result"], Names(found));
        Assert.Equal(
            ["needs_retrieval", "original_query", "rewritten_query", "next_step_query", "categories", "items", "resources", "evidence"], Names(found.GetProperty("result")));
        Assert.Contains("peanuts", found.GetProperty("result").GetProperty("evidence").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_in_the_body_choose_the_space()
    {
        await using var server = await RunningServer.StartAsync();
        using var client = await server.ClientAsync(user: null);
        await client.PostAsync("/api/memorize", RunningServer.Json($$"""{"content": {{Chat}}, "user_id": "erin", "agent_id": "cook", "unknown": 1}""")).JsonAsync();

        var mine = await client.PostAsync("/retrieve", RunningServer.Json("""{"query": "Which allergy?", "user_id": "erin", "agent_id": "cook"}""")).JsonAsync();
        var other = await client.PostAsync("/retrieve", RunningServer.Json("""{"query": "Which allergy?", "user_id": "erin"}""")).JsonAsync();

        Assert.Contains("peanuts", mine.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("peanuts", other.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"query": null}""")]
    [InlineData("""{"query": " \n"}""")]
    [InlineData("""{"query": 5}""")]
    [InlineData("""[]""")]
    public async Task A_question_that_is_none_is_400(string body)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);

        await client.PostAsync("/retrieve", RunningServer.Json(body)).ProblemAsync(400, "invalid_request", "query");
    }

    [Fact]
    public async Task Categories_are_listed_with_five_fields()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        await client.PostAsync("/v1/memorize", new { text = "I love hiking and jazz.", user_id = "erin", agent_id = "cook" });

        var answer = await client.PostAsync("/categories", RunningServer.Json("""{"user_id": "erin", "agent_id": "cook"}""")).JsonAsync();

        var categories = answer.GetProperty("result").GetProperty("categories");
        Assert.Equal(10, categories.GetArrayLength());
        Assert.All(categories.EnumerateArray(), c => Assert.Equal(["name", "description", "user_id", "agent_id", "summary"], Names(c)));
        foreach (var body in new[] { "{}", """{"user_id": ""}""", """{"user_id": "  "}""" })
        {
            await client.PostAsync("/categories", RunningServer.Json(body)).ProblemAsync(422, "invalid_request", "user_id");
        }
    }

    [Fact]
    public async Task Clear_erases_what_the_ids_name_and_counts_it()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        foreach (var (user, agent) in new[] { ("erin", "cook"), ("erin", "tutor"), ("fred", "cook") })
        {
            await client.PostAsync("/v1/memorize", new { text = "I love hiking.", user_id = user, agent_id = agent });
        }

        var one = await ClearAsync("""{"user_id": "erin", "agent_id": "cook"}""");
        Assert.Equal(["purged_categories", "purged_items", "purged_resources"], Names(one));
        Assert.Equal((10, 1), (one.GetProperty("purged_categories").GetInt32(), one.GetProperty("purged_resources").GetInt32()));
        Assert.Equal(1, (await ClearAsync("""{"user_id": "erin", "agent_id": " "}""")).GetProperty("purged_resources").GetInt32());
        Assert.Equal(0, (await ClearAsync("""{"user_id": "erin"}""")).GetProperty("purged_resources").GetInt32());
        Assert.Equal(1, (await ClearAsync("""{"agent_id": "cook"}""")).GetProperty("purged_resources").GetInt32());
        foreach (var body in new[] { "{}", """{"user_id": "", "agent_id": "  "}""", """{"user_id": null}""" })
        {
            await client.PostAsync("/clear", RunningServer.Json(body)).ProblemAsync(422, "invalid_request");
        }

        async Task<JsonElement> ClearAsync(string body) => (await client.PostAsync("/clear", RunningServer.Json(body)).JsonAsync()).GetProperty("result");
    }

    [Fact]
    public async Task Clearing_one_agent_leaves_other_users_of_that_agent_alone_when_the_key_is_bound()
    {
        await using var server = await RunningServer.StartAsync();
        using var erin = await server.ClientAsync("erin");
        using var fred = await server.ClientAsync("fred");
        using var gail = await server.ClientAsync("fred", tenant: "other");
        foreach (var client in new[] { erin, fred, gail })
        {
            await client.PostAsync("/v1/memorize", new { text = "I love hiking.", agent_id = "cook" });
        }

        await erin.PostAsync("/clear", RunningServer.Json("""{"agent_id": "cook"}""")).JsonAsync();

        Assert.DoesNotContain("hiking", await erin.GetStringAsync("/v1/passages?agent_id=cook"), StringComparison.Ordinal);
        Assert.Contains("hiking", await fred.GetStringAsync("/v1/passages?agent_id=cook"), StringComparison.Ordinal);
        Assert.Contains("hiking", await gail.GetStringAsync("/v1/passages?agent_id=cook"), StringComparison.Ordinal);
        await erin.PostAsync("/clear", RunningServer.Json("""{"user_id": "fred"}""")).ProblemAsync(403, "forbidden", "user_id");
    }

    private static List<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];
}
