namespace MemU.Contracts;

/// <summary>A link in JSON.</summary>
public sealed record RelationJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string ItemId { get; init; }
    public required string CategoryId { get; init; }
    public required string TenantId { get; init; }
    public required string UserId { get; init; }
    public required string AgentId { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static RelationJson From(CategoryItem l) => new()
    {
        ItemId = l.ItemId, CategoryId = l.CategoryId, TenantId = l.Scope.Tenant, UserId = l.Scope.User, AgentId = l.Scope.Agent,
    };

    /// <summary>To the model, in the given space; the ids in the JSON are not trusted.</summary>
    public CategoryItem ToModel(MemoryScope scope) => new(scope, ItemId, CategoryId);
}
