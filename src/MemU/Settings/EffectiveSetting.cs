namespace MemU.Settings;

/// <summary>A setting as it came out.</summary>
/// <param name="Key">Which setting.</param>
/// <param name="Value">Its value for people: secrets masked; null when there is none.</param>
/// <param name="Origin">Where it comes from: <c>default</c>, a file, a variable or an option.</param>
public sealed record EffectiveSetting(SettingKey Key, string? Value, string Origin);
