using System.Text.Json.Serialization;
using MemU.Edit;

namespace MemU.Server.Api;

/// <summary>A change of a category; what is left out stays as it is.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CategoryEditRequest
{
    /// <summary>New name.</summary>
    public string? Name { get; init; }

    /// <summary>New description.</summary>
    public string? Description { get; init; }

    /// <summary>New summary, Markdown.</summary>
    public string? Summary { get; init; }

    public CategoryEdit ToModel(MemoryCategory? expected) => new() { Name = Name, Description = Description, Summary = Summary, Expected = expected };
}
