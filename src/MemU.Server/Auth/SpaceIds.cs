namespace MemU.Server.Auth;

/// <summary>The ids by which a request names a space; null where it names none.</summary>
internal sealed record SpaceIds(string? Tenant = null, string? User = null, string? Agent = null);
