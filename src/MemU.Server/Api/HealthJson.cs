namespace MemU.Server.Api;

/// <summary>How the server is: <c>live</c>, <c>ready</c> or <c>not_ready</c>.</summary>
internal sealed record HealthJson(string Status);
