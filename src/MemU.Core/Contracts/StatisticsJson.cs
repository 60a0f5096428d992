using MemU.Storage;

namespace MemU.Contracts;

/// <summary>Counts and sizes of a space, in JSON.</summary>
public sealed record StatisticsJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string TenantId { get; init; }
    public required string UserId { get; init; }
    public required string AgentId { get; init; }
    public required long Resources { get; init; }
    public required long Passages { get; init; }
    public required long Items { get; init; }
    public required long Categories { get; init; }
    public required long Links { get; init; }
    public required long History { get; init; }
    public required long OwedVectors { get; init; }
    public required long ResourceBytes { get; init; }
    public required long TextCharacters { get; init; }
    public required IReadOnlyDictionary<string, long> ItemsByType { get; init; }
    public required IReadOnlyDictionary<string, long> ItemsByCategory { get; init; }
    public required IReadOnlyDictionary<string, long> ItemsByDay { get; init; }
    public required IReadOnlyDictionary<string, long> ResourcesByModality { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static StatisticsJson From(SpaceStatistics s) => new()
    {
        TenantId = s.Scope.Tenant, UserId = s.Scope.User, AgentId = s.Scope.Agent, Resources = s.Resources, Passages = s.Passages, Items = s.Items,
        Categories = s.Categories, Links = s.Links, History = s.History, OwedVectors = s.OwedVectors, ResourceBytes = s.ResourceBytes,
        TextCharacters = s.TextCharacters, ItemsByType = s.ItemsByType, ItemsByCategory = s.ItemsByCategory, ItemsByDay = s.ItemsByDay,
        ResourcesByModality = s.ResourcesByModality,
    };
}
