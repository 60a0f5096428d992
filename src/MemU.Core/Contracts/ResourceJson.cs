namespace MemU.Contracts;

/// <summary>A resource in JSON.</summary>
public sealed record ResourceJson
{
#pragma warning disable CS1591 // the names are the contract
    public required string Id { get; init; }
    public required string TenantId { get; init; }
    public required string UserId { get; init; }
    public required string AgentId { get; init; }
    public required string Url { get; init; }
    public required string Modality { get; init; }
    public required string LocalPath { get; init; }
    public string? Caption { get; init; }
    public required double CreatedAt { get; init; }
    public string? ContentHash { get; init; }
    public long Size { get; init; }
    public double? Score { get; init; }
#pragma warning restore CS1591

    /// <summary>From the model.</summary>
    public static ResourceJson From(Resource r, double? score = null) => new()
    {
        Id = r.Id, TenantId = r.Scope.Tenant, UserId = r.Scope.User, AgentId = r.Scope.Agent, Url = r.Url, Modality = r.Modality.Name,
        LocalPath = r.LocalPath, Caption = r.Caption, CreatedAt = MemUJson.ToEpoch(r.CreatedAt), ContentHash = r.ContentHash, Size = r.Size, Score = score,
    };

    /// <summary>To the model, in the given space; the ids in the JSON are not trusted.</summary>
    public Resource ToModel(MemoryScope scope) => new()
    {
        Scope = scope, Id = Id, Url = Url, Modality = MemU.Modality.FromStored(Modality), LocalPath = LocalPath, Caption = Caption,
        CreatedAt = MemUJson.FromEpoch(CreatedAt), ContentHash = ContentHash, Size = Size,
    };
}
