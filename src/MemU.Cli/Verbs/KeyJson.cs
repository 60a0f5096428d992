using System.Text.Json.Serialization;
using MemU.Server.Auth;

namespace MemU.Cli.Verbs;

/// <summary>An API key; never its hash, and the secret only when it was just made.</summary>
internal sealed record KeyJson(
    string Id, string Name, string TenantId, string? UserId, string? AgentId, IReadOnlyList<string> Rights, string State, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? RevokedAt, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key)
{
    public static KeyJson From(ApiKey key, string? secret) => new(
        key.Id, key.Name, key.Tenant, key.User, key.Agent, RightNames.Of(key.Rights), key.StateAt(TimeProvider.System.GetUtcNow()), key.CreatedAt, key.ExpiresAt, key.RevokedAt, secret);
}
