namespace MemU.Server.Mcp;

/// <summary>One source.</summary>
internal sealed record McpResource(string Id, string Url, string Modality, string? Caption, double? Score)
{
    public static McpResource From(Resource r, double? score) => new(r.Id, r.Url, r.Modality.Name, r.Caption, score);
}
