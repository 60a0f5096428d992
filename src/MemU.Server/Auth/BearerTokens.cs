using System.Security.Claims;
using MemU.Server.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace MemU.Server.Auth;

/// <summary>Bearer tokens of an OpenID provider: its keys are fetched from its discovery document, its claims name the space.</summary>
internal static class BearerTokens
{
    public const string Scheme = "token";

    public static void Add(AuthenticationBuilder authentication, ServerOptions server)
    {
        if (!server.TakesTokens)
        {
            return;
        }

        authentication.AddJwtBearer(Scheme, options =>
        {
            options.Authority = server.Jwt.Authority;
            options.Audience = server.Jwt.Audience;
            options.MapInboundClaims = false;
            options.RequireHttpsMetadata = !(Uri.TryCreate(server.Jwt.Authority, UriKind.Absolute, out var issuer) && issuer.IsLoopback);
            options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            options.TokenValidationParameters.RequireExpirationTime = true;
            options.TokenValidationParameters.RequireSignedTokens = true;
        });
    }

    /// <summary>The caller that the claims describe; null when the tenant, user or agent that they must name is missing or no valid id.</summary>
    public static Caller? CallerOf(ClaimsPrincipal principal, ServerOptions server)
    {
        var jwt = server.Jwt;
        var user = Claim(principal, jwt.UserClaim);
        var tenant = jwt.TenantClaim is null ? MemoryScope.DefaultId : Claim(principal, jwt.TenantClaim);
        var agent = jwt.AgentClaim is null ? null : Claim(principal, jwt.AgentClaim);
        if (user is null || tenant is null || (agent is null && jwt.AgentClaim is not null))
        {
            return null;
        }

        try
        {
            _ = new MemoryScope(user, agent ?? MemoryScope.DefaultId, tenant);
        }
        catch (ArgumentException)
        {
            return null;
        }

        var rights = jwt.RightsClaim is null
            ? KeyRights.Read | KeyRights.Write
            : RightNames.Among(principal.FindAll(jwt.RightsClaim).SelectMany(c => c.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)));
        return new Caller($"token {new MemoryScope(user, agent ?? MemoryScope.DefaultId, tenant).Key[..12]}", tenant, user, agent, rights);
    }

    // A claim that comes twice names nobody.
    private static string? Claim(ClaimsPrincipal principal, string name) =>
        principal.FindAll(name).Take(2).ToList() is [{ Value: { Length: > 0 } value }] && !string.IsNullOrWhiteSpace(value) ? value : null;
}
