namespace MemU.Resources;

internal sealed record StreamSource(Stream Content, string FileName, string? Identity) : ResourceRef
{
    public override string DisplayName => FileName;
}
