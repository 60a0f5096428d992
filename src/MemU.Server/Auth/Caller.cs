namespace MemU.Server.Auth;

/// <summary>Who calls and what they may reach. What a part leaves open (null) the request may choose.</summary>
/// <param name="Id">For the audit log: <c>key 1f0c…</c>, <c>token alice</c> or <c>open</c>.</param>
/// <param name="Tenant">The only tenant; null only where authentication is off.</param>
/// <param name="User">The only user; null for any.</param>
/// <param name="Agent">The only agent; null for any.</param>
/// <param name="Rights">What they may do.</param>
internal sealed record Caller(string Id, string? Tenant, string? User, string? Agent, KeyRights Rights)
{
    /// <summary>Whoever calls a server on loopback whose authentication was switched off.</summary>
    public static Caller Open { get; } = new("open", null, null, null, KeyRights.Read | KeyRights.Write | KeyRights.Erase | KeyRights.Admin);

    /// <summary>Whoever shows this key.</summary>
    public static Caller Of(ApiKey key) => new($"key {key.Id}", key.Tenant, key.User, key.Agent, key.Rights);
}
