using MemU.Server.Auth;
using MemU.Server.Jobs;
using MemU.Server.Telemetry;
using MemU.Server.Web;
using Scalar.AspNetCore;

namespace MemU.Server.Api;

/// <summary>All routes.</summary>
internal static class Endpoints
{
    public static void Map(WebApplication app)
    {
        var v1 = app.MapGroup("/v1").ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);
        v1.AddEndpointFilter(WrongQuery.RefuseAsync);
        MemorizeEndpoints.Map(v1);
        RetrieveEndpoints.Map(v1);
        ResourceEndpoints.Map(v1);
        PassageEndpoints.Map(v1);
        ItemEndpoints.Map(v1);
        CategoryEndpoints.Map(v1);
        SpaceEndpoints.Map(v1);
        JobEndpoints.Map(v1);
        HealthEndpoints.Map(app);
        CompatEndpoints.Map(app);
        app.MapMcp("/mcp").Needs(KeyRights.None);
        Observability.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").IsOpen();
        app.MapScalarApiReference("/docs", o => o.WithTitle("MemU").WithOpenApiRoutePattern("/openapi/v1.json").DisableDefaultFonts()).IsOpen();
        EndpointRights.Check(app);
    }
}
