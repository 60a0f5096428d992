namespace MemU.Cli.Verbs;

/// <summary>The settings in force, by name.</summary>
internal sealed record ConfigJson(string? File, IReadOnlyDictionary<string, SettingJson> Settings);
