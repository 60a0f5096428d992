namespace MemU.Resources;

internal sealed record FileSource(string Path) : ResourceRef
{
    public override string DisplayName => Path;
}
