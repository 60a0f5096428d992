namespace MemU.Server.Auth;

/// <summary>A key to make.</summary>
/// <param name="Name">What to call it; not blank.</param>
/// <param name="Tenant">The only tenant that it is to reach.</param>
/// <param name="User">The only user; null for any user of the tenant.</param>
/// <param name="Agent">The only agent; null for any agent.</param>
/// <param name="Rights">What it may do.</param>
/// <param name="ExpiresAt">From when on it is refused; null for never.</param>
public sealed record NewApiKey(string Name, string Tenant, string? User, string? Agent, KeyRights Rights, DateTimeOffset? ExpiresAt);
