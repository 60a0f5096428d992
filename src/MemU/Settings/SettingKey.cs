namespace MemU.Settings;

/// <summary>One entry of the <see cref="SettingsCatalog"/>: how a setting is named, what it is and where it goes.</summary>
public sealed class SettingKey
{
    private readonly Func<MemUSettings, object?> read;
    private readonly Action<MemUSettings, object?> write;

    internal SettingKey(
        string name, SettingKind kind, string description, Func<MemUSettings, object?> read, Action<MemUSettings, object?> write, bool secret = false)
    {
        Name = name;
        Kind = kind;
        Description = description;
        IsSecret = secret;
        this.read = read;
        this.write = write;
    }

    /// <summary>The name in a file, groups and keys joined by a dot: <c>llm.chat_model</c>.</summary>
    public string Name { get; }

    /// <summary>What the value looks like.</summary>
    public SettingKind Kind { get; }

    /// <summary>What it is for, in one line.</summary>
    public string Description { get; }

    /// <summary>True when the value must never be shown.</summary>
    public bool IsSecret { get; }

    /// <summary>The environment variable that sets it; null when only a file can.</summary>
    public string? Variable =>
        Kind is SettingKind.Map or SettingKind.Categories ? null : "MEMU_" + Name.Replace('.', '_').ToUpperInvariant();

    internal object? Read(MemUSettings settings) => read(settings);

    internal void Write(MemUSettings settings, object? value) => write(settings, value);
}
