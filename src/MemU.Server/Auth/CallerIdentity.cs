using System.Security.Claims;

namespace MemU.Server.Auth;

/// <summary>A caller as ASP.NET Core carries it.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id)], CallerAuthentication.SchemeName)
{
    public Caller Caller { get; } = caller;

    public static Caller? Of(ClaimsPrincipal? principal) => principal?.Identities.OfType<CallerIdentity>().SingleOrDefault()?.Caller;
}
