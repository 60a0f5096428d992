namespace MemU.Cli.Verbs;

/// <summary>A setting in force, and where it comes from.</summary>
internal sealed record SettingJson(string? Value, string Origin, string? Variable, string Description);
