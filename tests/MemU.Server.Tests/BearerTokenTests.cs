using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace MemU.Server.Tests;

public sealed class BearerTokenTests
{
    [Fact]
    public async Task The_claims_of_a_token_say_whose_memory_it_is()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var alice = server.Client(issuer.Token([new("sub", "alice"), new("org", "acme"), new("agent", "general")]));
        using var bob = server.Client(issuer.Token([new("sub", "bob"), new("org", "acme"), new("agent", "general")]));

        var stored = await alice.PostAsync("/v1/memorize", new { text = "I keep a zanzibarcanary boat." });

        var resource = stored.GetProperty("resource");
        Assert.Equal(("acme", "alice", "general"), (resource.GetProperty("tenant_id").GetString(), resource.GetProperty("user_id").GetString(), resource.GetProperty("agent_id").GetString()));
        Assert.DoesNotContain("zanzibarcanary", await bob.GetStringAsync("/v1/passages"), StringComparison.Ordinal);
        await bob.GetAsync("/v1/passages?user_id=alice").ProblemAsync(403, "forbidden", "user_id");
        await bob.GetAsync("/v1/passages?tenant_id=default").ProblemAsync(403, "forbidden", "tenant_id");
        await bob.GetAsync("/v1/passages?agent_id=other").ProblemAsync(403, "forbidden", "agent_id");
        await alice.DeleteAsync("/v1/space").ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task A_token_that_is_not_right_in_every_part_is_refused()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        Claim[] alice = [new("sub", "alice"), new("org", "acme"), new("agent", "general")];
        using var stranger = RSA.Create(2048);
        string[] wrong =
        [
            issuer.Token(alice, audience: "another"), issuer.Token(alice, audience: null), issuer.Token(alice, issuer: "https://elsewhere.example"),
            issuer.Token(alice, life: TimeSpan.FromHours(-1)), issuer.Token(alice, signedBy: new RsaSecurityKey(stranger) { KeyId = "test" }),
            issuer.Token(alice, signedBy: new SymmetricSecurityKey(new byte[64]) { KeyId = "test" }, algorithm: SecurityAlgorithms.HmacSha256),
            issuer.Token(alice)[..^4] + "AAAA", string.Join('.', issuer.Token(alice).Split('.')[..2]) + ".", "a.b.c",
            issuer.Token([new("org", "acme"), new("agent", "general")]), issuer.Token([new("sub", "alice"), new("agent", "general")]),
            issuer.Token([new("sub", "alice"), new("org", "acme")]), issuer.Token([new("sub", " "), new("org", "acme"), new("agent", "general")]),
            issuer.Token([.. alice, new("sub", "bob")]), issuer.Token([new("sub", "a\u0000b"), new("org", "acme"), new("agent", "general")]),
        ];

        foreach (var token in wrong)
        {
            using var client = server.Client(token);
            await client.GetAsync("/v1/passages").ProblemAsync(401, "unauthenticated");
        }

        using var right = server.Client(issuer.Token(alice));
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync("/v1/passages")).StatusCode);
    }

    [Fact]
    public async Task Rights_come_from_their_claim_where_one_is_configured()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer, s => s.Server.JwtRightsClaim = "scope");
        using var reader = server.Client(issuer.Token([new("sub", "alice"), new("org", "acme"), new("agent", "general"), new("scope", "openid read profile")]));
        using var nobody = server.Client(issuer.Token([new("sub", "alice"), new("org", "acme"), new("agent", "general")]));

        Assert.Equal(HttpStatusCode.OK, (await reader.GetAsync("/v1/passages")).StatusCode);
        await reader.PostAsync("/v1/memorize", RunningServer.Json("{}")).ProblemAsync(403, "forbidden");
        await nobody.GetAsync("/v1/passages").ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task An_api_key_works_beside_tokens()
    {
        await using var issuer = await TokenIssuer.StartAsync();
        await using var server = await StartAsync(issuer);
        using var client = await server.ClientAsync("carol");

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/passages")).StatusCode);
    }

    private static Task<RunningServer> StartAsync(TokenIssuer issuer, Action<Settings.MemUSettings>? more = null) => RunningServer.StartAsync(s =>
    {
        s.Server.JwtAuthority = issuer.Authority;
        s.Server.JwtAudience = "memu";
        s.Server.JwtTenantClaim = "org";
        s.Server.JwtAgentClaim = "agent";
        more?.Invoke(s);
    });
}
