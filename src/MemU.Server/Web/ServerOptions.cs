using System.Net;
using MemU.Server.Auth;
using MemU.Settings;

namespace MemU.Server.Web;

/// <summary>How the server runs, checked: whatever is wrong is said before it listens.</summary>
internal sealed record ServerOptions
{
    public required IReadOnlyList<Uri> Urls { get; init; }

    /// <summary>True when anybody on this machine may do anything.</summary>
    public required bool NoAuth { get; init; }

    public required string KeysFile { get; init; }

    public required string? Certificate { get; init; }

    public required string? CertificateKey { get; init; }

    public required long MaxBodyBytes { get; init; }

    public required long MaxImportBytes { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required int MaxConcurrentRequests { get; init; }

    /// <summary>0 for no limit.</summary>
    public required int RequestsPerMinute { get; init; }

    /// <summary>0 for never.</summary>
    public required int LockoutFailures { get; init; }

    /// <summary>Where jobs are kept; null for the memory of the process, where the memories are too.</summary>
    public required string? JobsFile { get; init; }

    public required int MaxQueuedJobs { get; init; }

    public required int JobParallelism { get; init; }

    public required IReadOnlyList<IPAddress> TrustedProxies { get; init; }

    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    /// <summary>Folders below which files of this machine may be memorized.</summary>
    public required IReadOnlyList<string> AllowedRoots { get; init; }

    /// <summary>A collector of OpenTelemetry; null for none.</summary>
    public required Uri? OtlpEndpoint { get; init; }

    public required JwtOptions Jwt { get; init; }

    public bool TakesTokens => Jwt.Authority is not null;

    /// <exception cref="ArgumentException">A setting is wrong; the message names it and the fix.</exception>
    public static ServerOptions From(MemUSettings settings, bool noAuth)
    {
        var server = settings.Server;
        var urls = UrlsOf(server.Urls);
        if (noAuth)
        {
            LoopbackRule.Check(urls);
        }

        if (urls.Any(u => u.Scheme == Uri.UriSchemeHttps) && Blank(server.Certificate) is null)
        {
            throw Wrong("urls", "names https, but there is no certificate. Set server.certificate and server.certificate_key (PEM files), or listen on http behind a proxy");
        }

        return new ServerOptions
        {
            Urls = urls,
            NoAuth = noAuth,
            KeysFile = KeysFileOf(settings),
            Certificate = Blank(server.Certificate),
            CertificateKey = Blank(server.CertificateKey),
            MaxBodyBytes = AtLeast(server.MaxBodyBytes, 1024, "max_body_bytes"),
            MaxImportBytes = AtLeast(server.MaxImportBytes, 1024, "max_import_bytes"),
            RequestTimeout = server.RequestTimeoutSeconds is >= 1 and <= 86400
                ? TimeSpan.FromSeconds(server.RequestTimeoutSeconds)
                : throw Wrong("request_timeout_seconds", "must be from 1 to 86400"),
            MaxConcurrentRequests = AtLeast(server.MaxConcurrentRequests, 1, "max_concurrent_requests"),
            RequestsPerMinute = AtLeast(server.RequestsPerMinute, 0, "requests_per_minute"),
            LockoutFailures = AtLeast(server.LockoutFailures, 0, "lockout_failures"),
            JobsFile = JobsFileOf(settings),
            MaxQueuedJobs = AtLeast(server.MaxQueuedJobs, 1, "max_queued_jobs"),
            JobParallelism = AtLeast(server.JobParallelism, 1, "job_parallelism"),
            TrustedProxies = [.. server.TrustedProxies.Select(p => IPAddress.TryParse(p, out var a) ? a : throw Wrong("trusted_proxies", $"holds '{p}', which is no IP address"))],
            AllowedOrigins = [.. server.AllowedOrigins.Select(OriginOf)],
            AllowedRoots = [.. server.AllowedRoots.Select(RootOf)],
            OtlpEndpoint = OtlpEndpointOf(server),
            Jwt = JwtOf(server),
        };
    }

    /// <summary>The collector that is named; null for none.</summary>
    /// <exception cref="ArgumentException">It is no URL.</exception>
    public static Uri? OtlpEndpointOf(ServerSettings server) => Blank(server.OtlpEndpoint) is not { } otlp ? null
        : Uri.TryCreate(otlp, UriKind.Absolute, out var collector) && collector.Scheme is "http" or "https" ? collector
        : throw Wrong("otlp_endpoint", "must be an http or https URL");

    /// <summary>Where the keys are: named, or beside the database.</summary>
    public static string KeysFileOf(MemUSettings settings) =>
        Blank(settings.Server.KeysFile) is { } named ? Path.GetFullPath(named) : Path.Combine(DataFolderOf(settings), "keys.json");

    /// <summary>Where the jobs are: beside the database; null where the memories are kept in memory.</summary>
    public static string? JobsFileOf(MemUSettings settings) =>
        string.Equals(settings.Database.Provider.Trim(), "memory", StringComparison.OrdinalIgnoreCase) ? null : Path.Combine(DataFolderOf(settings), "jobs.db");

    /// <summary>The folder of the database.</summary>
    public static string DataFolderOf(MemUSettings settings) => Path.GetDirectoryName(Path.GetFullPath(settings.Database.SqlitePath))!;

    private static List<Uri> UrlsOf(string urls)
    {
        List<Uri> list = [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(u =>
            Uri.TryCreate(u.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
                ? uri
                : throw Wrong("urls", $"holds '{u}', which is no address to listen on; write http://127.0.0.1:8000"))];
        return list.Count > 0 ? list : throw Wrong("urls", "is blank; write http://127.0.0.1:8000");
    }

    private static string OriginOf(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/"
            ? uri.GetLeftPart(UriPartial.Authority)
            : throw Wrong("allowed_origins", $"holds '{origin}', which is no origin; write https://app.example.com");

    private static string RootOf(string root) =>
        Path.IsPathFullyQualified(root) && Directory.Exists(root)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))
            : throw Wrong("allowed_roots", $"holds '{root}', which is no existing folder with an absolute path");

    private static JwtOptions JwtOf(ServerSettings server)
    {
        var authority = Blank(server.JwtAuthority);
        if (authority is null)
        {
            return new JwtOptions(null, null, null, server.JwtUserClaim, null, null);
        }

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw Wrong("jwt_authority", "must be an https URL");
        }

        // Without an audience a token that the provider issued for any other program would be taken.
        return new JwtOptions(
            authority, Blank(server.JwtAudience) ?? throw Wrong("jwt_audience", "is missing; name the audience for which tokens must be issued"),
            Blank(server.JwtTenantClaim), Blank(server.JwtUserClaim) ?? throw Wrong("jwt_user_claim", "is blank; name the claim that holds the user"),
            Blank(server.JwtAgentClaim), Blank(server.JwtRightsClaim));
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static int AtLeast(int value, int least, string name) => value >= least ? value : throw Wrong(name, $"is {value}; it must be at least {least}");

    private static ArgumentException Wrong(string name, string what) => new($"The setting server.{name} {what}.");
}
