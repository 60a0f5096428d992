namespace MemU.Server.Auth;

/// <summary>What is known of an API key: everything but the secret.</summary>
public sealed record ApiKey
{
    /// <summary>Twelve hexadecimal digits; part of the secret, and safe to show.</summary>
    public required string Id { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Lower-case hexadecimal SHA-256 of the whole secret.</summary>
    public required string Hash { get; init; }

    /// <summary>The only tenant that it reaches.</summary>
    public required string Tenant { get; init; }

    /// <summary>The only user that it reaches; null for any user of the tenant.</summary>
    public string? User { get; init; }

    /// <summary>The only agent that it reaches; null for any agent.</summary>
    public string? Agent { get; init; }

    /// <summary>What it may do.</summary>
    public required KeyRights Rights { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was revoked; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary><c>active</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public string StateAt(DateTimeOffset now) => RevokedAt is not null ? "revoked" : ExpiresAt <= now ? "expired" : "active";
}
