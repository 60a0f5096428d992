using System.Net;
using System.Net.Http.Json;

namespace MemU.Server.Tests;

public sealed class IsolationTests
{
    private const int Requests = 1500;

    /// <summary>Two spaces that differ in one id, each with a canary word; thousands of requests with both keys, and not one answer holds the other's word.</summary>
    [Theory]
    [InlineData("alice", "bob", "t", "t", 7)]
    [InlineData("alice", "alice", "t", "u", 11)]
    public async Task Not_one_answer_holds_a_word_of_the_other(string user, string otherUser, string tenant, string otherTenant, int seed)
    {
        await using var server = await RunningServer.StartAsync();
        var random = new Random(seed);
        Side[] sides =
        [
            new(await server.ClientAsync(user, null, tenant), user, "a", tenant, "zanzibarcanary"), new(await server.ClientAsync(otherUser, null, otherTenant), otherUser, "a", otherTenant, "quetzalcanary"),
        ];
        foreach (var side in sides)
        {
            side.Space = await SeededSpace.MakeAsync(side.Client, side.User, side.Agent, $"I keep a {side.Canary} boat and drink {side.Canary} tea in the harbour.");
        }

        string?[] users = [null, user, otherUser, "default", "*", "%", "' OR 1=1 --", "carol"];
        string?[] tenants = [null, tenant, otherTenant, "default", "*"];
        var forbidden = 0;
        for (var i = 0; i < Requests; i++)
        {
            var (mine, theirs) = random.Next(2) == 0 ? (sides[0], sides[1]) : (sides[1], sides[0]);
            using var request = Make(random, mine, theirs, Pick(random, users), Pick(random, tenants));
            using var answer = await mine.Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.False(text.Contains(theirs.Canary, StringComparison.Ordinal), $"{request.Method} {request.RequestUri}: {text}");
            Assert.True((int)answer.StatusCode < 500, $"{request.Method} {request.RequestUri}: {(int)answer.StatusCode} {text}");
            forbidden += answer.StatusCode == HttpStatusCode.Forbidden ? 1 : 0;
        }

        Assert.InRange(forbidden, Requests / 10, Requests);
        foreach (var side in sides)
        {
            Assert.Contains(side.Canary, await side.Client.GetStringAsync("/v1/export?agent_id=a"), StringComparison.Ordinal);
            side.Client.Dispose();
        }
    }

    private static HttpRequestMessage Make(Random random, Side mine, Side theirs, string? user, string? tenant)
    {
        var space = random.Next(2) == 0 ? mine.Space! : theirs.Space!;
        var query = "?agent_id=" + (random.Next(3) == 0 ? "b" : "a") + (user is null ? "" : "&user_id=" + Uri.EscapeDataString(user))
            + (tenant is null ? "" : "&tenant_id=" + Uri.EscapeDataString(tenant));
        string[] reads =
        [
            "/v1/resources", "/v1/passages", "/v1/items", "/v1/categories", "/v1/history", "/v1/stats", "/v1/export", "/v1/spaces", $"/v1/resources/{space.Resource}",
            $"/v1/resources/{space.Resource}/content", $"/v1/resources/{space.Resource}/passages", $"/v1/passages/{space.Passage}", $"/v1/items/{space.Item}",
            $"/v1/items/{space.Item}/categories", $"/v1/items/{space.Item}/history", $"/v1/categories/{space.Category}", $"/v1/categories/{space.Category}/items",
        ];
        return random.Next(4) switch
        {
            0 => new HttpRequestMessage(HttpMethod.Post, random.Next(2) == 0 ? "/v1/retrieve" + query : "/v1/retrieve?agent_id=a")
            {
                Content = JsonContent.Create(new Dictionary<string, object?> { ["query"] = "Which boat, and which tea?", ["top_k"] = random.Next(1, 50) }),
            },
            1 => new HttpRequestMessage(HttpMethod.Post, random.Next(2) == 0 ? "/retrieve" : "/api/retrieve")
            {
                Content = JsonContent.Create(new Dictionary<string, object?> { ["query"] = "Which boat is in the harbour?", ["user_id"] = user, ["agent_id"] = "a" }),
            },
            _ => new HttpRequestMessage(HttpMethod.Get, reads[random.Next(reads.Length)] + query),
        };
    }

    private static string? Pick(Random random, string?[] choices) => choices[random.Next(choices.Length)];

    private sealed record Side(HttpClient Client, string User, string Agent, string Tenant, string Canary)
    {
        public SeededSpace? Space { get; set; }
    }
}
