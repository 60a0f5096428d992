namespace MemU.Contracts;

/// <summary>A category in JSON.</summary>
public sealed record CategoryJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Id { get; init; }
    public required string TenantId { get; init; }
    public required string UserId { get; init; }
    public required string AgentId { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public string? Summary { get; init; }
    public required double CreatedAt { get; init; }
    public double? Score { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static CategoryJson From(MemoryCategory c, double? score = null) => new()
    {
        Id = c.Id, TenantId = c.Scope.Tenant, UserId = c.Scope.User, AgentId = c.Scope.Agent, Name = c.Name, Description = c.Description,
        Summary = c.Summary, CreatedAt = MemUJson.ToEpoch(c.CreatedAt), Score = score,
    };

    /// <summary>To the model, in the given space; the ids in the JSON are not trusted.</summary>
    public MemoryCategory ToModel(MemoryScope scope) => new()
    {
        Scope = scope, Id = Id, Name = Name, Description = Description, Summary = Summary, CreatedAt = MemUJson.FromEpoch(CreatedAt),
    };
}
