using System.Net;
using MemU.Server.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MemU.Server.Tests;

public sealed class RouteTableTests
{
    private const string Canary = "zanzibarcanary";
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_route_stands_in_the_table_or_is_open_on_purpose()
    {
        await using var server = await RunningServer.StartAsync();
        var routes = ((IEndpointRouteBuilder)server.App).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().ToList();
        Assert.NotEmpty(routes);

        var closed = routes.Where(r => r.Metadata.GetMetadata<RightRequirement>() is not null).Select(Name).Order().ToList();
        Assert.Equal(RouteTable.Calls().Select(c => c.Name).Order(), closed);
        foreach (var route in routes.Where(r => r.Metadata.GetMetadata<RightRequirement>() is null))
        {
            Assert.NotNull(route.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>());
            var path = route.RoutePattern.RawText!;
            Assert.Contains(path.StartsWith("/openapi", StringComparison.Ordinal) ? "openapi" : path.StartsWith("/docs", StringComparison.Ordinal) ? "docs" : Name(route), RouteTable.Open);
        }
    }

    [Fact]
    public async Task The_rightful_caller_gets_through_everywhere()
    {
        await using var server = await RunningServer.StartAsync();
        using var alice = await server.ClientAsync("alice", "general");
        var space = await SeededSpace.MakeAsync(alice, "alice", "general", $"Alice keeps a {Canary} boat.");

        foreach (var call in RouteTable.Calls())
        {
            using var request = await space.RequestAsync(call);
            using var answer = await alice.SendAsync(request);
            Assert.True(answer.StatusCode == call.Success, $"{call.Name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Fact]
    public async Task Nobody_gets_through_without_a_key_that_works()
    {
        var time = new FakeTimeProvider(Now);
        await using var server = await RunningServer.StartAsync(services: s => s.AddSingleton<TimeProvider>(time));
        using var alice = await server.ClientAsync("alice", "general");
        var space = await SeededSpace.MakeAsync(alice, "alice", "general", $"Alice keeps a {Canary} boat.");
        var revoked = await server.Keys.CreateAsync(new NewApiKey("revoked", "default", "alice", null, KeyRights.Read | KeyRights.Write | KeyRights.Erase | KeyRights.Admin, null));
        await server.Keys.RevokeAsync(revoked.Key.Id);
        var expired = await server.Keys.CreateAsync(new NewApiKey("expired", "default", "alice", null, KeyRights.Read, Now.AddHours(1)));
        time.Advance(TimeSpan.FromHours(1));

        string?[] secrets =
        [
            null, "", "nonsense", "memu_", $"memu_{revoked.Key.Id}_", revoked.Secret, expired.Secret, expired.Secret[..^1], expired.Secret + "A",
            "memu_000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
        ];
        foreach (var call in RouteTable.Calls())
        {
            foreach (var secret in secrets)
            {
                using var client = server.Client(string.IsNullOrEmpty(secret) ? null : secret);
                using var request = await space.RequestAsync(call);
                var problem = await client.SendAsync(request).ProblemAsync(401, "unauthenticated");
                Assert.DoesNotContain(Canary, problem.GetRawText(), StringComparison.Ordinal);
            }
        }

        Assert.Contains(Canary, await alice.GetStringAsync("/v1/items"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bob", "general", "default", "another user")]
    [InlineData("alice", "general", "other", "another tenant")]
    [InlineData("alice", "coding", "default", "the right user, but the wrong agent")]
    public async Task A_key_of_somebody_else_reaches_nothing_of_alice(string user, string agent, string tenant, string who)
    {
        await using var server = await RunningServer.StartAsync();
        using var alice = await server.ClientAsync("alice", "general");
        var space = await SeededSpace.MakeAsync(alice, "alice", "general", $"Alice keeps a {Canary} boat.");
        using var other = await server.ClientAsync(user, agent, tenant);

        foreach (var call in RouteTable.Calls())
        {
            // Naming Alice's space is forbidden.
            using (var request = await space.RequestAsync(call, "?user_id=alice&agent_id=general&tenant_id=default"))
            using (var answer = await other.SendAsync(request))
            {
                var text = await answer.Content.ReadAsStringAsync();
                Assert.True(
                    answer.StatusCode == HttpStatusCode.Forbidden || call.Name is "list_spaces" or "/mcp" or "/metrics", $"{who}, {call.Name}: {(int)answer.StatusCode} {text}");
                Assert.DoesNotContain(Canary, text, StringComparison.Ordinal);
            }

            // Alice's ids do not exist in the caller's own space.
            if (call.Path.Contains('{', StringComparison.Ordinal))
            {
                using var request = await space.RequestAsync(call);
                await other.SendAsync(request).ProblemAsync(404, "not_found");
            }
        }

        // What is said of one's own space says nothing of Alice's.
        foreach (var path in new[] { "/v1/items", "/v1/passages", "/v1/resources", "/v1/categories", "/v1/history", "/v1/stats", "/v1/spaces", "/v1/export" })
        {
            Assert.DoesNotContain(Canary, await other.GetStringAsync(path), StringComparison.Ordinal);
        }

        Assert.Equal("alice", (await alice.GetAsync($"/v1/items/{space.Item}").JsonAsync()).GetProperty("user_id").GetString());
        Assert.Contains(Canary, await alice.GetStringAsync("/v1/export"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("erase")]
    [InlineData("admin")]
    public async Task A_key_with_one_right_has_no_other(string right)
    {
        await using var server = await RunningServer.StartAsync();
        using var alice = await server.ClientAsync("alice", "general");
        var space = await SeededSpace.MakeAsync(alice, "alice", "general", "Alice keeps a boat.");
        using var limited = await server.ClientAsync("alice", "general", rights: right);
        var needed = ((IEndpointRouteBuilder)server.App).DataSources.SelectMany(s => s.Endpoints).Where(e => e.Metadata.GetMetadata<RightRequirement>() is not null)
            .ToDictionary(Name, e => e.Metadata.GetMetadata<RightRequirement>()!.Right);

        foreach (var call in RouteTable.Calls().Where(c => needed[c.Name] != KeyRights.None && !needed[c.Name].HasFlag(RightNames.Parse(right))))
        {
            using var request = await space.RequestAsync(call);
            var problem = await limited.SendAsync(request).ProblemAsync(403, "forbidden");
            Assert.Contains($"'{needed[call.Name].ToString().ToLowerInvariant()}'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    private static string Name(Microsoft.AspNetCore.Http.Endpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? "?";
}
