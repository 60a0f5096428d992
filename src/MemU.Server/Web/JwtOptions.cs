namespace MemU.Server.Web;

/// <summary>Whose bearer tokens are taken, and which claims name the space.</summary>
internal sealed record JwtOptions(string? Authority, string? Audience, string? TenantClaim, string UserClaim, string? AgentClaim, string? RightsClaim);
