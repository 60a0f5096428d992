using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MemU.Server.Tests;

/// <summary>An OpenID provider on loopback: its discovery document, its keys, and the tokens that it signs.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "test" };

    private TokenIssuer(WebApplication app) => this.app = app;

    public string Authority { get; private set; } = "";

    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var issuer = new TokenIssuer(builder.Build());
        issuer.app.MapGet("/.well-known/openid-configuration", () => Results.Text(
            $$"""{"issuer": "{{issuer.Authority}}", "jwks_uri": "{{issuer.Authority}}/jwks"}""", "application/json"));
        issuer.app.MapGet("/jwks", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(issuer.key.Rsa.ExportParameters(false)) { KeyId = "test" });
            return Results.Text($$"""{"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "test", "n": "{{jwk.N}}", "e": "{{jwk.E}}"}]}""", "application/json");
        });
        await issuer.app.StartAsync();
        issuer.Authority = MemUServer.AddressesOf(issuer.app).Single();
        return issuer;
    }

    public string Token(
        IEnumerable<Claim> claims, string? audience = "memu", string? issuer = null, TimeSpan? life = null, SecurityKey? signedBy = null, string algorithm = SecurityAlgorithms.RsaSha256)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Authority,
            Audience = audience,
            Subject = new ClaimsIdentity(claims),
            NotBefore = now.AddHours(-2),
            Expires = now + (life ?? TimeSpan.FromMinutes(5)),
            SigningCredentials = new SigningCredentials(signedBy ?? key, algorithm),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        key.Rsa.Dispose();
    }
}
