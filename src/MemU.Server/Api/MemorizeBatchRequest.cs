using System.Text.Json.Serialization;
using MemU.Server.Auth;

namespace MemU.Server.Api;

/// <summary>Sources to memorize one after the other, each with its own outcome.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MemorizeBatchRequest
{
    /// <summary>1 to 100 sources.</summary>
    public required IReadOnlyList<SourceRequest> Sources { get; init; }

    /// <summary>The tenant; that of the key when left out.</summary>
    public string? TenantId { get; init; }

    /// <summary>The user; that of the key, else <c>default</c>, when left out.</summary>
    public string? UserId { get; init; }

    /// <summary>The agent; that of the key, else <c>default</c>, when left out.</summary>
    public string? AgentId { get; init; }

    [JsonIgnore]
    public SpaceIds Ids => new(TenantId, UserId, AgentId);
}
