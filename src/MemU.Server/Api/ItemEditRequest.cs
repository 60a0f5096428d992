using System.Text.Json.Serialization;
using MemU.Edit;

namespace MemU.Server.Api;

/// <summary>A change of an item; what is left out stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ItemEditRequest
{
    /// <summary>New words.</summary>
    public string? Summary { get; init; }

    /// <summary>New type.</summary>
    public string? MemoryType { get; init; }

    /// <summary>Names of all categories it shall stand on.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    public ItemEdit ToModel(MemoryItem? expected) => new() { Summary = Summary, MemoryType = MemoryType, Categories = Categories, Expected = expected };
}
