namespace MemU.Settings;

/// <summary>How <c>memu serve</c> answers, as written in a settings file.</summary>
public sealed class ServerSettings
{
    /// <summary>Where it listens, separated by semicolons.</summary>
    public string Urls { get; set; } = "http://127.0.0.1:8000";

    /// <summary>The file of the API keys; null for <c>keys.json</c> beside the database.</summary>
    public string? KeysFile { get; set; }

    /// <summary>The certificate for https, a PEM file.</summary>
    public string? Certificate { get; set; }

    /// <summary>The private key of the certificate, a PEM file.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>Folders below which files of the server's machine may be memorized; none by default.</summary>
    public List<string> AllowedRoots { get; set; } = [];

    /// <summary>The largest body of a request, in bytes.</summary>
    public int MaxBodyBytes { get; set; } = 64 << 20;

    /// <summary>The largest export that may be imported, in bytes.</summary>
    public int MaxImportBytes { get; set; } = 1 << 30;

    /// <summary>Seconds until a request is given up.</summary>
    public double RequestTimeoutSeconds { get; set; } = 600;

    /// <summary>Requests that are worked on at once; as many again may wait.</summary>
    public int MaxConcurrentRequests { get; set; } = 256;

    /// <summary>Requests a minute of one key or token; 0 for no limit.</summary>
    public int RequestsPerMinute { get; set; } = 6000;

    /// <summary>Wrong keys from one address until it is locked out for a while; 0 for never.</summary>
    public int LockoutFailures { get; set; } = 20;

    /// <summary>Jobs that may wait or be worked on; more are refused.</summary>
    public int MaxQueuedJobs { get; set; } = 1000;

    /// <summary>Jobs that are worked on at once.</summary>
    public int JobParallelism { get; set; } = 2;

    /// <summary>Addresses of proxies whose X-Forwarded-For is believed.</summary>
    public List<string> TrustedProxies { get; set; } = [];

    /// <summary>Web pages of these origins may call.</summary>
    public List<string> AllowedOrigins { get; set; } = [];

    /// <summary>Where traces and numbers are sent by OTLP (gRPC); null for nowhere.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>The issuer of bearer tokens: any OpenID provider's base URL; null for API keys only.</summary>
    public string? JwtAuthority { get; set; }

    /// <summary>For whom the tokens must be issued.</summary>
    public string? JwtAudience { get; set; }

    /// <summary>The claim that holds the tenant; null for the tenant <c>default</c>.</summary>
    public string? JwtTenantClaim { get; set; }

    /// <summary>The claim that holds the user.</summary>
    public string JwtUserClaim { get; set; } = "sub";

    /// <summary>The claim that holds the agent; null when a token may name any agent of its user.</summary>
    public string? JwtAgentClaim { get; set; }

    /// <summary>The claim that holds the rights (a list, or words with blanks between); null for read and write.</summary>
    public string? JwtRightsClaim { get; set; }
}
