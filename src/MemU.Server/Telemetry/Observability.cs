using MemU.Server.Auth;
using MemU.Server.Web;
using MemU.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MemU.Server.Telemetry;

/// <summary>OpenTelemetry: numbers for Prometheus, and traces and numbers for a collector where one is configured.</summary>
internal static class Observability
{
    // Whoever has started the process waits some seconds for its end, in which numbers and traces are sent one after the other.
    private const int MostAtEnd = 2_000;

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
                .WithMetrics(m => m.AddOtlpExporter(o => To(o, endpoint)))
                .WithTracing(t => t.AddSource(MemoryMeter.Name)
                    .AddAspNetCoreInstrumentation(o => o.EnrichWithHttpRequest = (activity, _) => activity.SetTag("url.query", null))
                    .AddOtlpExporter(o => To(o, endpoint)));
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
            .WithMetrics(m => m.AddMeter(MemoryMeter.Name, CacheUse.MeterName).AddRuntimeInstrumentation().AddOtlpExporter(Briefly))
            .WithTracing(t => t.AddSource(MemoryMeter.Name).AddOtlpExporter(Briefly));

        void Briefly(OtlpExporterOptions exporter)
        {
            To(exporter, collector);
            exporter.TimeoutMilliseconds = MostAtEnd;
        }
    }

    /// <summary>The numbers say how much is used, so they are not for everybody.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapPrometheusScrapingEndpoint("/metrics").Needs(KeyRights.Admin);

    // For numbers and for traces apart: an exporter for everything would send the log too, which names folders and keys.
    private static void To(OtlpExporterOptions exporter, Uri collector) => (exporter.Endpoint, exporter.Protocol) = (collector, OtlpExportProtocol.Grpc);
}
