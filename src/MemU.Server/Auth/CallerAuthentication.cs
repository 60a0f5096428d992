using System.Security.Claims;
using System.Text.Encodings.Web;
using MemU.Server.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace MemU.Server.Auth;

/// <summary>
/// Finds out who calls: an API key (<c>Authorization: Bearer memu_…</c> or <c>X-Api-Key</c>) or a bearer token of the configured OpenID provider. Wrong
/// secrets are counted by address; too many lock the address out for a while: further wrong ones are told to wait. A right one is let in all the same: whoever shares an
/// address with somebody who guesses shall not suffer for it, and 256 random bits are not guessed, however often.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, ServerOptions server, ApiKeyStore keys,
    FailureLockout lockout, TimeProvider time) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "memu";
    private const string KeyHeader = "X-Api-Key";
    private const string Bearer = "Bearer ";

    private string? refusal;
    private TimeSpan? locked;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (server.NoAuth)
        {
            return Success(Caller.Open);
        }

        if (Secret() is not { } secret)
        {
            refusal = "No key was given. Send an API key as 'Authorization: Bearer memu_…'; `memu keys create` makes one.";
            return AuthenticateResult.NoResult();
        }

        if (server.TakesTokens && !secret.StartsWith(ApiKeySecret.Prefix, StringComparison.Ordinal))
        {
            var token = await Context.AuthenticateAsync(BearerTokens.Scheme);
            if (token.Succeeded)
            {
                return BearerTokens.CallerOf(token.Principal, server) is { } bearer ? Success(bearer) : Refused("The token lacks a claim that this server needs.");
            }

            return Wrong("The token is not valid: wrong issuer, audience, signature or time.");
        }

        if (keys.Find(secret) is not { } key)
        {
            return Wrong("The key is not known here. Check it, or make another with `memu keys create`.");
        }

        // Whoever knows the secret has not guessed it: no reason to lock the address.
        return key.StateAt(time.GetUtcNow()) switch
        {
            "active" => Success(Caller.Of(key)),
            var state => Refused($"The key is {state}. Make another with `memu keys create`."),
        };
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (locked is { } left)
        {
            Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(left.TotalSeconds)).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Problem.WriteAsync(Context, StatusCodes.Status429TooManyRequests, "locked_out", "Too many wrong keys came from this address. Wait, then send a right one.");
        }

        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(Context, StatusCodes.Status401Unauthorized, "unauthenticated", refusal ?? "Who calls is not known. Send an API key.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var needed = Context.GetEndpoint()?.Metadata.GetMetadata<RightRequirement>()?.Right;
        return Problem.WriteAsync(
            Context, StatusCodes.Status403Forbidden, "forbidden",
            needed is { } right ? $"This needs the right '{right.ToString().ToLowerInvariant()}', which the key does not have." : "This is not open to anybody.");
    }

    private string? Secret()
    {
        if (Request.Headers[KeyHeader] is [{ Length: > 0 } key])
        {
            return key;
        }

        return Request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && value.Length > Bearer.Length
            ? value[Bearer.Length..].Trim()
            : null;
    }

    private AuthenticateResult Wrong(string why)
    {
        var address = Context.Connection.RemoteIpAddress;
        locked = lockout.LockedFor(address);
        if (locked is null)
        {
            lockout.Failed(address);
        }

        return Refused(why);
    }

    private AuthenticateResult Refused(string why)
    {
        refusal = why;
        return AuthenticateResult.Fail(why);
    }

    private static AuthenticateResult Success(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new CallerIdentity(caller)), SchemeName));
}
