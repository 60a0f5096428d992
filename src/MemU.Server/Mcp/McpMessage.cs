using System.ComponentModel;

namespace MemU.Server.Mcp;

/// <summary>A message as a model writes it.</summary>
internal sealed record McpMessage(
    [property: Description("Who speaks: user, assistant or a name.")] string Role,
    [property: Description("What is said.")] string Content,
    [property: Description("When it was said, ISO 8601.")] string? CreatedAt = null,
    [property: Description("The caller's own id of the message.")] string? Id = null);
