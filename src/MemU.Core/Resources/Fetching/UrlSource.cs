namespace MemU.Resources;

internal sealed record UrlSource(Uri Uri) : ResourceRef
{
    // A query or user info may hold a secret.
    public override string DisplayName => Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
