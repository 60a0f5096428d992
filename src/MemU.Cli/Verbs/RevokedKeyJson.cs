namespace MemU.Cli.Verbs;

/// <summary>A key that was revoked.</summary>
internal sealed record RevokedKeyJson(bool Revoked, string Id);
