namespace MemU.Server.Auth;

/// <summary>A key that was just made, with its secret. Nobody can show the secret again.</summary>
public sealed record IssuedKey(ApiKey Key, string Secret)
{
    /// <inheritdoc />
    public override string ToString() => $"key {Key.Id}";
}
