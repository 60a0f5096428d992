using System.Text.Json.Serialization;

namespace MemU.Server.Api;

/// <summary>A category to add by hand.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewCategoryRequest
{
    /// <summary>Unique within the space, ignoring case.</summary>
    public required string Name { get; init; }

    /// <summary>What belongs on it.</summary>
    public string Description { get; set; } = "";

    /// <summary>Its first summary, Markdown.</summary>
    public string? Summary { get; init; }
}
