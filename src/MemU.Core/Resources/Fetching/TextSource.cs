namespace MemU.Resources;

internal sealed record TextSource(string Content, string? Name) : ResourceRef
{
    public override string DisplayName => Name ?? "text";
}
