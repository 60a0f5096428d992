using MemU.Server.Auth;
using MemU.Server.Web;
using MemU.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MemU.Server.Telemetry;

/// <summary>OpenTelemetry: numbers for Prometheus, and traces and numbers for a collector where one is configured.</summary>
internal static class Observability
{
    public static void Add(IServiceCollection services, ServerOptions server)
    {
        services.AddSingleton<MemoryMeter>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("memu"))
            .WithMetrics(m => m.AddMeter(MemoryMeter.Name, CacheUse.MeterName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter());
        if (server.OtlpEndpoint is { } endpoint)
        {
            // Queries may hold ids of users: they stay out of the traces.
            telemetry
                .WithTracing(t => t.AddSource(MemoryMeter.Name).AddAspNetCoreInstrumentation(o => o.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.query", null)))
                .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, endpoint);
        }
    }

    /// <summary>For a process without requests: to a collector only, where one is configured.</summary>
    public static void AddToCollector(IServiceCollection services, Uri? collector)
    {
        if (collector is null)
        {
            return;
        }

        services.AddSingleton<MemoryMeter>();
        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("memu"))
            .WithMetrics(m => m.AddMeter(MemoryMeter.Name, CacheUse.MeterName).AddRuntimeInstrumentation())
            .WithTracing(t => t.AddSource(MemoryMeter.Name))
            .UseOtlpExporter(OpenTelemetry.Exporter.OtlpExportProtocol.Grpc, collector);
    }

    /// <summary>The numbers say how much is used, so they are not for everybody.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint("/metrics").Needs(KeyRights.Admin);
}
