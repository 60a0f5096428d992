namespace MemU.Cli.Quickstart;

/// <summary>What the quickstart did, in JSON.</summary>
internal sealed record QuickstartJson(IReadOnlyList<QuickstartUserJson> Users, IReadOnlyList<string> Files, IReadOnlyList<string> Next);
