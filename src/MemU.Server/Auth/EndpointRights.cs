using Microsoft.AspNetCore.Authorization;

namespace MemU.Server.Auth;

/// <summary>Says of an endpoint who may call it. With one that says nothing the server does not start.</summary>
internal static class EndpointRights
{
    /// <summary>Callers with this right.</summary>
    public static T Needs<T>(this T endpoint, KeyRights right)
        where T : IEndpointConventionBuilder
    {
        var requirement = new RightRequirement(right);
        return endpoint.RequireAuthorization(p => p.AddAuthenticationSchemes(CallerAuthentication.SchemeName).AddRequirements(requirement)).WithMetadata(requirement);
    }

    /// <summary>Makes sure that every endpoint says who may call it.</summary>
    public static void Check(IEndpointRouteBuilder app)
    {
        var unsaid = app.DataSources.SelectMany(s => s.Endpoints).Where(e =>
            e.Metadata.GetMetadata<RightRequirement>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null).Select(e => e.DisplayName).ToList();
        if (unsaid.Count > 0)
        {
            throw new InvalidOperationException($"These endpoints do not say who may call them: {string.Join(", ", unsaid)}.");
        }
    }

    /// <summary>Anybody: it says nothing of any space.</summary>
    public static T IsOpen<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.AllowAnonymous();
}
