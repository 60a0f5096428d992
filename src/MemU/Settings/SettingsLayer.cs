using Microsoft.Extensions.Configuration;

namespace MemU.Settings;

/// <summary>One source of settings.</summary>
/// <param name="values">What it sets, groups and keys joined by a colon.</param>
/// <param name="origin">What to call it, by the setting's name.</param>
/// <param name="keepsBlank">Whether a blank value counts as one; else it counts as not set.</param>
internal sealed class SettingsLayer(IConfigurationRoot values, Func<SettingKey, string> origin, bool keepsBlank = false)
{
    // An empty id must never quietly become the default one, nor an empty key none.
    private static readonly string[] neverBlank = ["tenant_id", "user_id", "agent_id", "encryption.key", "encryption.key_file"];

    public string OriginOf(SettingKey key) => origin(key);

    public bool Sets(SettingKey key) => Section(key) is var s
        && (s.GetChildren().Any() || (s.Value is { } v && (keepsBlank || !string.IsNullOrWhiteSpace(v) || neverBlank.Contains(key.Name) || key.Kind == SettingKind.List)));

    public object Value(SettingKey key) => SettingReader.Read(Section(key), key, origin(key));

    public static SettingsLayer Of(IEnumerable<SettingOverride> overrides, bool keepsBlank = false)
    {
        var list = overrides.ToList();
        var unknown = list.FirstOrDefault(o => SettingsCatalog.Get(o.Name) is null);
        return unknown is null
            ? new(Root(list.Select(o => (o.Name, o.Value))), k => list.Last(o => o.Name == k.Name).Origin, keepsBlank)
            : throw new ArgumentException($"'{unknown.Name}' is not a setting.");
    }

    public static SettingsLayer OfEnvironment(IReadOnlyDictionary<string, string> environment) =>
        new(Root(SettingsCatalog.All.Where(k => k.Variable is { } v && environment.ContainsKey(v)).Select(k => (k.Name, environment[k.Variable!]))), k => k.Variable!);

    private static IConfigurationRoot Root(IEnumerable<(string Name, string Value)> values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.GroupBy(v => Path(v.Name)).Select(g => KeyValuePair.Create(g.Key, (string?)g.Last().Value)))
            .Build();

    private static string Path(string name) => name.Replace('.', ConfigurationPath.KeyDelimiter[0]);

    private IConfigurationSection Section(SettingKey key) => values.GetSection(Path(key.Name));
}
