using System.Security.Cryptography.X509Certificates;
using MemU.Maintenance;
using MemU.Server.Api;
using MemU.Server.Auth;
using MemU.Server.Ingest;
using MemU.Server.Jobs;
using MemU.Server.Mcp;
using MemU.Server.Telemetry;
using MemU.Server.Web;
using MemU.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace MemU.Server;

/// <summary>MemU as a service: what <c>memu serve</c> runs.</summary>
public static class MemUServer
{
    /// <summary>Serves until it is cancelled; then finishes what it is doing and returns.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it and the fix. Nothing listens then.</exception>
    public static async Task RunAsync(MemUSettings settings, ServeOptions options, CancellationToken cancellationToken = default)
    {
        await using var app = Build(settings, options);
        await app.StartAsync(cancellationToken);
        options.Listening?.Invoke(AddressesOf(app));
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>The server with all its parts, not started yet.</summary>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it and the fix.</exception>
    public static WebApplication Build(MemUSettings settings, ServeOptions options)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(options);
        var server = ServerOptions.From(settings, options.NoAuth);

        // Nothing is read from files or variables of ASP.NET Core: what is not in our settings is not set.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, server));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        options.Logging?.Invoke(builder.Logging);
        GuardedMemory.Add(builder.Services, settings);
        AddWeb(builder.Services, server);
        options.Services?.Invoke(builder.Services);
        var app = builder.Build();
        UseAll(app, server);
        return app;
    }

    /// <summary>The file of the API keys that these settings mean.</summary>
    public static string KeysFileOf(MemUSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ServerOptions.KeysFileOf(settings);
    }

    /// <summary>The spaces for which a server on this data folder has accepted something: some hold nothing else yet.</summary>
    /// <exception cref="MemoryStoreException">The jobs cannot be read.</exception>
    public static async Task<IReadOnlyList<MemoryScope>> ListSpacesWithJobsAsync(MemUSettings settings, CancellationToken cancellationToken = default)
    {
        await using var database = JobsOf(settings);
        return database is null ? [] : await StoreOf(database).ListSpacesAsync(cancellationToken);
    }

    /// <summary>
    /// Erases spaces with what a server on the same folder has accepted for them and not memorized yet, so that it does not bring them back. Servers may be running.
    /// </summary>
    /// <param name="settings">The settings of the data folder.</param>
    /// <param name="host">A host over that folder.</param>
    /// <param name="scopes">The spaces.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellationToken">Cancels until the first row is removed.</param>
    /// <exception cref="MemoryStoreException">A part could not be emptied or cleaned; call it again.</exception>
    public static async Task<ErasureReceipt> EraseAsync(
        MemUSettings settings, MemUHost host, IReadOnlyList<MemoryScope> scopes, IProgress<MaintenanceProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        await using var database = JobsOf(settings);
        return database is null
            ? await host.Maintenance.EraseAsync(scopes, progress, cancellationToken)
            : await new SpaceErasing(host.Maintenance, host.Service, StoreOf(database)).RunAsync(scopes, progress, cancellationToken);
    }

    /// <summary>How many jobs a server on this data folder has accepted and not finished. They are in no backup.</summary>
    /// <exception cref="MemoryStoreException">The jobs cannot be read.</exception>
    public static async Task<int> CountOpenJobsAsync(MemUSettings settings, CancellationToken cancellationToken = default)
    {
        await using var database = JobsOf(settings);
        return database is null ? 0 : await StoreOf(database).CountOpenAsync(cancellationToken);
    }

    /// <summary>Forgets what waits to be memorized into any space, before all of them are emptied.</summary>
    /// <exception cref="MemoryStoreException">The jobs cannot be written.</exception>
    public static async Task ForgetJobsAsync(MemUSettings settings, CancellationToken cancellationToken = default)
    {
        await using var database = JobsOf(settings);
        if (database is not null)
        {
            await StoreOf(database).EraseAllAsync(cancellationToken);
        }
    }

    private static JobDatabase? JobsOf(MemUSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return ServerOptions.JobsFileOf(settings) is { } file && File.Exists(file) ? new JobDatabase(file) : null;
    }

    // Whoever only lists and forgets jobs needs no key of theirs.
    private static JobStore StoreOf(JobDatabase database) => new(database, new JobSecrecy(null), new IdSource(TimeProvider.System), TimeProvider.System);

    /// <summary>Where a started server listens.</summary>
    public static IReadOnlyCollection<string> AddressesOf(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];
    }

    private static void Listen(KestrelServerOptions kestrel, ServerOptions server)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = server.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        foreach (var url in server.Urls)
        {
            Action<ListenOptions> tls = listen =>
            {
                if (url.Scheme == Uri.UriSchemeHttps)
                {
                    listen.UseHttps(X509Certificate2.CreateFromPemFile(server.Certificate!, server.CertificateKey));
                }
            };
            if (System.Net.IPAddress.TryParse(url.Host.Trim('[', ']'), out var address))
            {
                kestrel.Listen(address, url.Port, tls);
            }
            else if (url.Host == "localhost")
            {
                kestrel.ListenLocalhost(url.Port, tls);
            }
            else
            {
                kestrel.ListenAnyIP(url.Port, tls);
            }
        }
    }

    private static void AddWeb(IServiceCollection services, ServerOptions server)
    {
        services.AddSingleton(server);
        services.AddSingleton<LocalFiles>();
        services.AddSingleton<SourceIntake>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton(p => new ApiKeyStore(server.KeysFile, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(p => new FailureLockout(server.LockoutFailures, p.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_ => new JobDatabase(server.JobsFile));
        services.AddSingleton(p => new JobSecrecy(p.Keys()));
        services.AddSingleton<JobStore>();
        services.AddSingleton<SpaceErasing>();
        services.AddSingleton<CreationKeys>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService(p => p.GetRequiredService<JobRunner>());
        services.AddSingleton<IAuthorizationHandler, RightCheck>();
        services.AddRoutingCore();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemMapping>();
        services.ConfigureHttpJsonOptions(json => JsonShape.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRequestTimeouts(t => t.DefaultPolicy = new()
        {
            Timeout = server.RequestTimeout,
            WriteTimeoutResponse = c => Problem.WriteAsync(c, 504, "timeout", "It took longer than this server allows (server.request_timeout_seconds). Nothing was stored."),
        });
        services.AddRateLimiter(l => RequestLimits.Configure(l, server));
        services.AddOpenApi("v1", ApiDescription.Configure);
        services.AddCors(c => c.AddDefaultPolicy(p => p.WithOrigins([.. server.AllowedOrigins]).AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("ETag", "Retry-After", "Location")));
        services.Configure<ForwardedHeadersOptions>(f => TrustProxies(f, server));
        MemoryMcp.AddHttp(services);
        Observability.Add(services, server);
        BearerTokens.Add(services.AddAuthentication(CallerAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, null), server);
        services.AddAuthorizationBuilder();
    }

    private static void TrustProxies(ForwardedHeadersOptions forwarded, ServerOptions server)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in server.TrustedProxies)
        {
            forwarded.KnownProxies.Add(proxy);
        }
    }

    private static void UseAll(WebApplication app, ServerOptions server)
    {
        app.UseExceptionHandler();
        if (server.TrustedProxies.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        app.UseMiddleware<ResponseHeaders>();
        app.UseStatusCodePages(status => Problem.OfStatusAsync(status.HttpContext));
        app.UseRouting();
        if (server.NoAuth)
        {
            app.UseMiddleware<LocalCallGuard>();
        }

        app.UseCors();
        app.UseMiddleware<AuditTrail>();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        Endpoints.Map(app);
    }
}
