namespace MemU.Cli.Verbs;

/// <summary>The API keys.</summary>
internal sealed record KeyListJson(IReadOnlyList<KeyJson> Keys);
