namespace MemU.Cli.Verbs;

/// <summary>The script that completes command lines in a shell.</summary>
internal sealed record CompletionJson(string Shell, string Script);
