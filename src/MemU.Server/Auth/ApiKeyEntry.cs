namespace MemU.Server.Auth;

/// <summary>One key in the file of the keys.</summary>
internal sealed record ApiKeyEntry
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Sha256 { get; init; }

    public required string TenantId { get; init; }

    public string? UserId { get; init; }

    public string? AgentId { get; init; }

    public required IReadOnlyList<string> Rights { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public static ApiKeyEntry From(ApiKey key) => new()
    {
        Id = key.Id, Name = key.Name, Sha256 = key.Hash, TenantId = key.Tenant, UserId = key.User, AgentId = key.Agent, Rights = RightNames.Of(key.Rights),
        CreatedAt = key.CreatedAt, ExpiresAt = key.ExpiresAt, RevokedAt = key.RevokedAt,
    };

    public ApiKey ToModel() => new()
    {
        Id = Id, Name = Name, Hash = Sha256, Tenant = TenantId, User = UserId, Agent = AgentId, Rights = RightNames.Parse(string.Join(',', Rights)),
        CreatedAt = CreatedAt, ExpiresAt = ExpiresAt, RevokedAt = RevokedAt,
    };
}
