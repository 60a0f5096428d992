namespace MemU.Settings;

/// <summary>A setting given by a program or on a command line.</summary>
/// <param name="Name">The setting's name: <c>user_id</c>, <c>llm.provider</c>.</param>
/// <param name="Value">The value as text.</param>
/// <param name="Origin">What to call the place it comes from: <c>--user</c>.</param>
public sealed record SettingOverride(string Name, string Value, string Origin);
