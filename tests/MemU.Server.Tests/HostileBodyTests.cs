using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MemU.Server.Tests;

public sealed class HostileBodyTests
{
    public static TheoryData<string, string, string?> Wrong => new()
    {
        { "/v1/retrieve", "", null },
        { "/v1/retrieve", "null", null },
        { "/v1/retrieve", "[]", null },
        { "/v1/retrieve", "{", null },
        { "/v1/retrieve", "{}", "query" },
        { "/v1/retrieve", """{"query": ""}""", "query" },
        { "/v1/retrieve", """{"query": 1}""", "query" },
        { "/v1/retrieve", """{"query": "a", "top_k": 0}""", "top_k" },
        { "/v1/retrieve", """{"query": "a", "top_k": 1e99}""", "top_k" },
        { "/v1/retrieve", """{"query": "a", "top_k": 99999999999999999999}""", "top_k" },
        { "/v1/retrieve", """{"query": "a", "top_k": "5"}""", "top_k" },
        { "/v1/retrieve", """{"query": "a", "tiers": ["everything"]}""", null },
        { "/v1/retrieve", """{"query": "a", "tiers": [99]}""", null },
        { "/v1/retrieve", """{"query": "a", "max_tokens": 5}""", "max_tokens" },
        { "/v1/retrieve", """{"query": "a", "diversity": 1.5}""", "diversity" },
        { "/v1/retrieve", """{"query": "a", "diversity": -0.1}""", "diversity" },
        { "/v1/retrieve", """{"query": "a", "recipe": "slow"}""", "recipe" },
        { "/v1/retrieve", """{"query": "a", "querry": "b"}""", "querry" },
        { "/v1/retrieve", """{"query": "a", "query": "b"}""", null },
        { "/v1/retrieve", """{"query": "a", "queries": ["b"]}""", "query" },
        { "/v1/retrieve", """{"queries": []}""", "queries" },
        { "/v1/retrieve", """{"queries": [5]}""", "queries[0]" },
        { "/v1/retrieve", """{"queries": ["a", {"role": "user"}]}""", "queries[1]" },
        { "/v1/retrieve", """{"queries": ["a", " "]}""", "queries[1]" },
        { "/v1/retrieve", """{"queries": ["\ud800"]}""", null },
        { "/v1/retrieve", """{"query": "a", "user_id": ""}""", "user_id" },
        { "/v1/retrieve", """{"query": "a", "user_id": "a\u0000b"}""", "user_id" },
        { "/v1/retrieve", """{"query": "a", "agent_id": 5}""", "agent_id" },
        { "/v1/memorize", """{}""", "url" },
        { "/v1/memorize", """{"text": "a", "url": "http://example.com"}""", "url" },
        { "/v1/memorize", """{"text": "  "}""", "text" },
        { "/v1/memorize", """{"text": "a", "modality": "smell"}""", "modality" },
        { "/v1/memorize", """{"text": "a", "name": "a\nb"}""", "name" },
        { "/v1/memorize", """{"url": "file:///etc/passwd"}""", "url" },
        { "/v1/memorize", """{"url": "gopher://example.com"}""", "url" },
        { "/v1/memorize", """{"path": "/etc/passwd"}""", "path" },
        { "/v1/memorize", """{"messages": "hello"}""", "messages" },
        { "/v1/items", """{"summary": ""}""", "summary" },
        { "/v1/items", """{"summary": "a", "memory_type": "gossip"}""", "memory_type" },
        { "/v1/items", """{"summary": "a", "happened_at": "yesterday"}""", "happened_at" },
        { "/v1/categories", """{"name": "\u0007"}""", "name" },
        { "/v1/categories", """{"description": "no name"}""", null },
        { "/v1/memorize/batch", """{"sources": []}""", "sources" },
        { "/v1/memorize/batch", """{"sources": null}""", "sources" },
        { "/v1/memorize/batch", """{"sources": [null]}""", "sources[0]" },
        { "/retrieve", """{"query": "\ud800"}""", "query" },
        { "/retrieve", """{"query": "a", "user_id": "\ud800"}""", "user_id" },
        { "/v1/memorize/batch", """{"sources": [{"text": "a"}, {}]}""", "sources[1].url" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_named(string path, string body, string? field)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);

        await client.PostAsync(path, RunningServer.Json(body)).ProblemAsync(400, "invalid_request", field);

        Assert.Equal(0, (await client.GetAsync("/v1/stats").JsonAsync()).GetProperty("resources").GetInt32());
    }

    [Fact]
    public async Task Whatever_is_thrown_at_it_the_server_answers_and_lives()
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        var random = new Random(3);
        string[] paths = ["/v1/retrieve", "/v1/memorize", "/v1/items", "/v1/categories", "/v1/import", "/v1/memorize/batch", "/retrieve", "/clear", "/categories", "/api/memorize", "/api/retrieve"];
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes(new string('[', 100_000)), Encoding.UTF8.GetBytes("{\"query\":" + new string('{', 500)), [0xFF, 0xFE, 0x00], [0xC3, 0x28], [],
            Encoding.UTF8.GetBytes("{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}]}"), Encoding.UTF8.GetBytes("{\"content\":[{\"role\":\"user\",\"content\":\"\\udc00x\"}]}"),
            Encoding.UTF8.GetBytes("{\"text\":\"'; DROP TABLE resources; --\",\"name\":\"../../../x\"}"), Encoding.UTF8.GetBytes("{\"query\":\"\\\" OR * NEAR( \\u0000 ^:-\"}"),
            Encoding.UTF8.GetBytes("{\"content\":{\"a\":1}}"), Encoding.UTF8.GetBytes("{\"content\":[1,null,{},[[]],\"x\"]}"), Encoding.UTF8.GetBytes("1e400"),
            Encoding.UTF8.GetBytes("{\"summary\":\"x\",\"happened_at\":\"9999-12-31T23:59:59+14:00\"}"), Encoding.UTF8.GetBytes("{\"type\":\"header\",\"format\":\"memu-export\",\"version\":1}\n{\"type\":\"end\",\"records\":0}"),
        ];
        string[] types = ["application/json", "application/json; charset=utf-16", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/x-ndjson"];
        foreach (var path in paths)
        {
            foreach (var bytes in bodies)
            {
                using var content = new ByteArrayContent(bytes);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(types[random.Next(3) == 0 ? random.Next(types.Length) : 0]);
                using var answer = await client.PostAsync(path, content);
                Assert.True((int)answer.StatusCode < 500, $"{path} {content.Headers.ContentType}: {Encoding.UTF8.GetString(bytes)[..Math.Min(80, bytes.Length)]} → {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        foreach (var id in new[] { "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%00", "'%20OR%201=1", new string('a', 5000), "%0d%0aX-Evil:1", "😀" })
        {
            foreach (var kind in new[] { "items", "resources", "categories", "passages" })
            {
                using var answer = await client.GetAsync($"/v1/{kind}/{id}");
                Assert.InRange((int)answer.StatusCode, 400, 499);
                Assert.False(answer.Headers.Contains("X-Evil"));
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", "application/json", 404, "not_found")]
    [InlineData("DELETE", "/v1/retrieve", "application/json", 405, "method_not_allowed")]
    [InlineData("POST", "/v1/retrieve", "text/plain", 415, "unsupported_media_type")]
    [InlineData("POST", "/v1/memorize", "text/plain", 415, "unsupported_media_type")]
    public async Task What_routing_refuses_is_a_problem_too(string method, string path, string type, int status, string kind)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("{}", Encoding.UTF8, type) };

        await client.SendAsync(request).ProblemAsync(status, kind);
    }

    [Theory]
    [InlineData("/v1/retrieve")]
    [InlineData("/v1/memorize")]
    public async Task An_unknown_charset_is_refused(string path)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        using var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=bogus");

        await client.PostAsync(path, content).ProblemAsync(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await using var server = await RunningServer.StartAsync(s => s.Server.MaxBodyBytes = 10_000, noAuth: true);
        using var client = server.Client(null);

        await client.PostAsync("/v1/memorize", RunningServer.Json($$"""{"text": "{{new string('x', 20_000)}}"}""")).ProblemAsync(413, "too_large");
    }

    [Theory]
    [InlineData("/v1/items?limit=0", "limit")]
    [InlineData("/v1/items?limit=x", "limit")]
    [InlineData("/v1/items?limit=1001", "limit")]
    [InlineData("/v1/items?cursor=zzz", "cursor")]
    [InlineData("/v1/items?cursor=WyJhIiwxXQ", "cursor")] // of another list
    [InlineData("/v1/items?user_id=a&user_id=b", "user_id")]
    [InlineData("/v1/items?user_id=", "user_id")]
    [InlineData("/v1/export?vectors=maybe", "vectors")]
    [InlineData("/v1/jobs?state=pending,running", "state")]
    public async Task A_wrong_query_is_named(string path, string field)
    {
        await using var server = await RunningServer.StartAsync(noAuth: true);
        using var client = server.Client(null);
        await client.PostAsync("/v1/items", new { summary = "I keep bees." }, HttpStatusCode.Created);

        await client.GetAsync(path).ProblemAsync(400, "invalid_request", field);
    }
}
