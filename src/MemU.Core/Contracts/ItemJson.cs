namespace MemU.Contracts;

/// <summary>An item in JSON.</summary>
public sealed record ItemJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Id { get; init; }
    public required string TenantId { get; init; }
    public required string UserId { get; init; }
    public required string AgentId { get; init; }
    public required string ResourceId { get; init; }
    public required string MemoryType { get; init; }
    public required string Summary { get; init; }
    public required double CreatedAt { get; init; }
    public DateTimeOffset? HappenedAt { get; init; }

    // Set, not initialised: generated code initialises what is missing in a file with nothing.
    public IReadOnlyList<string> PassageIds { get; set; } = [];

    public double? Score { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static ItemJson From(MemoryItem i, double? score = null) => new()
    {
        Id = i.Id, TenantId = i.Scope.Tenant, UserId = i.Scope.User, AgentId = i.Scope.Agent, ResourceId = i.ResourceId, MemoryType = i.MemoryType,
        Summary = i.Summary, CreatedAt = MemUJson.ToEpoch(i.CreatedAt), HappenedAt = i.HappenedAt, PassageIds = i.PassageIds, Score = score,
    };

    /// <summary>To the model, in the given space; the ids in the JSON are not trusted.</summary>
    public MemoryItem ToModel(MemoryScope scope) => new()
    {
        Scope = scope, Id = Id, ResourceId = ResourceId, MemoryType = MemoryType, Summary = Summary,
        CreatedAt = MemUJson.FromEpoch(CreatedAt), HappenedAt = HappenedAt, PassageIds = PassageIds,
    };
}
