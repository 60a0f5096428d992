namespace MemU.Settings;

/// <summary>Where to load settings from. Later wins: defaults, file, environment, options.</summary>
public sealed record SettingsRequest
{
    /// <summary>The file that is read when it exists and none is named: <c>memu.json</c> in the current folder.</summary>
    public const string DefaultFile = "memu.json";

    /// <summary>The variable that names a file.</summary>
    public const string FileVariable = "MEMU_CONFIG";

    /// <summary>The variable that is the last resort for the key of <c>openai</c>.</summary>
    public const string OpenAIKeyVariable = "OPENAI_API_KEY";

    /// <summary>The file; it must exist. Null: the one named by <c>MEMU_CONFIG</c>, else <c>memu.json</c> if there is one.</summary>
    public string? File { get; init; }

    /// <summary>The environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What the program assumes in place of the library's defaults.</summary>
    public IReadOnlyList<SettingOverride> Defaults { get; init; } = [];

    /// <summary>What the user said on the command line; wins over everything.</summary>
    public IReadOnlyList<SettingOverride> Options { get; init; } = [];
}
