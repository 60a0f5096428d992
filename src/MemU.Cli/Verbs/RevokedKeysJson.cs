namespace MemU.Cli.Verbs;

/// <summary>The keys of a user that were revoked.</summary>
internal sealed record RevokedKeysJson(IReadOnlyList<string> Revoked, bool Forgotten);
