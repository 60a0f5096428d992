namespace MemU.Server.Auth;

/// <summary>What stands in the file of the keys.</summary>
internal sealed record ApiKeyFile(int Version, IReadOnlyList<ApiKeyEntry> Keys)
{
    public const int CurrentVersion = 1;
}
