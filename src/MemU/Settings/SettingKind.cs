namespace MemU.Settings;

/// <summary>What a setting's value looks like.</summary>
public enum SettingKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Switch,

    /// <summary>Texts; outside a file, separated by commas.</summary>
    List,

    /// <summary>Texts by name; only in a file.</summary>
    Map,

    /// <summary>Objects with a name and a description; only in a file.</summary>
    Categories,
}
