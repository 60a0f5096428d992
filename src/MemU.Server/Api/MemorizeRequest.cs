using System.Text.Json.Serialization;
using MemU.Server.Auth;

namespace MemU.Server.Api;

/// <summary>What to memorize, and in whose memory.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MemorizeRequest : SourceRequest
{
    /// <summary>The tenant; that of the key when left out.</summary>
    public string? TenantId { get; init; }

    /// <summary>The user; that of the key, else <c>default</c>, when left out.</summary>
    public string? UserId { get; init; }

    /// <summary>The agent; that of the key, else <c>default</c>, when left out.</summary>
    public string? AgentId { get; init; }

    [JsonIgnore]
    public SpaceIds Ids => new(TenantId, UserId, AgentId);
}
