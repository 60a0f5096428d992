using System.Text.Json.Serialization;
using MemU.Edit;

namespace MemU.Server.Api;

/// <summary>An item to add by hand.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewItemRequest
{
    /// <summary>The memory in words.</summary>
    public required string Summary { get; init; }

    /// <summary>profile, event, knowledge, behavior or a configured type.</summary>
    public string MemoryType { get; set; } = MemoryTypes.Profile;

    /// <summary>Names of categories to put it on.</summary>
    public IReadOnlyList<string> Categories { get; set; } = [];

    /// <summary>When it happened, ISO 8601.</summary>
    public DateTimeOffset? HappenedAt { get; init; }

    public NewItem ToModel() => new() { Summary = Summary, MemoryType = MemoryType, Categories = Categories, HappenedAt = HappenedAt };
}
