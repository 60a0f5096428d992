namespace MemU.Settings;

/// <summary>Settings put together from all their sources.</summary>
/// <param name="Settings">The settings, ready for <c>UseSettings</c>.</param>
/// <param name="File">The file that was read; null when there was none.</param>
/// <param name="Effective">Every setting with its origin.</param>
/// <param name="Warnings">What looks like a mistake but is none for sure, in plain words.</param>
public sealed record LoadedSettings(
    MemUSettings Settings, string? File, IReadOnlyList<EffectiveSetting> Effective, IReadOnlyList<string> Warnings)
{
    /// <summary>The setting of that name as it came out.</summary>
    public EffectiveSetting this[string name] => Effective.Single(e => e.Key.Name == name);
}
