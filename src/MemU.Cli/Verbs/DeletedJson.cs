namespace MemU.Cli.Verbs;

/// <summary>A record that was to be deleted, and whether it was still there.</summary>
internal sealed record DeletedJson(bool Deleted, string Kind, string Id);
