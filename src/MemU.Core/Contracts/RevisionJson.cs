namespace MemU.Contracts;

/// <summary>What an item said before, in JSON.</summary>
public sealed record RevisionJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Id { get; init; }
    public required string ItemId { get; init; }
    public required string ResourceId { get; init; }
    public required string MemoryType { get; init; }
    public required string Summary { get; init; }
    public required double CreatedAt { get; init; }
    public required double ReplacedAt { get; init; }
    public required string Reason { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static RevisionJson From(ItemRevision r) => new()
    {
        Id = r.Id, ItemId = r.ItemId, ResourceId = r.ResourceId, MemoryType = r.MemoryType, Summary = r.Summary,
        CreatedAt = MemUJson.ToEpoch(r.CreatedAt), ReplacedAt = MemUJson.ToEpoch(r.ReplacedAt), Reason = r.Reason,
    };

    /// <summary>To the model, in the given space.</summary>
    public ItemRevision ToModel(MemoryScope scope) => new()
    {
        Scope = scope, Id = Id, ItemId = ItemId, ResourceId = ResourceId, MemoryType = MemoryType, Summary = Summary,
        CreatedAt = MemUJson.FromEpoch(CreatedAt), ReplacedAt = MemUJson.FromEpoch(ReplacedAt), Reason = Reason,
    };
}
