using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace MemU.Settings;

/// <summary>Turns a configured value into the type that its setting wants. Errors name the setting and its origin, and never repeat a secret.</summary>
internal static class SettingReader
{
    public static object Read(IConfigurationSection section, SettingKey key, string origin) => key.Kind switch
    {
        SettingKind.Text => key.IsSecret ? Scalar(section, key, origin).Trim() : Scalar(section, key, origin),
        SettingKind.Integer => int.TryParse(Scalar(section, key, origin), NumberStyles.Integer, CultureInfo.InvariantCulture, out var n)
            ? n
            : throw Wrong(section, key, origin, "a whole number"),
        SettingKind.Number => double.TryParse(Scalar(section, key, origin), NumberStyles.Float, CultureInfo.InvariantCulture, out var d) && double.IsFinite(d)
            ? d
            : throw Wrong(section, key, origin, "a number"),
        SettingKind.Switch => Scalar(section, key, origin).Trim().ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => throw Wrong(section, key, origin, "true or false"),
        },
        SettingKind.List => List(section, key, origin),
        SettingKind.Map => Map(section, key, origin),
        _ => Categories(section, key, origin),
    };

    private static string Scalar(IConfigurationSection section, SettingKey key, string origin) =>
        section.Value ?? throw Wrong(section, key, origin, "one value, not a list or an object");

    private static List<string> List(IConfigurationSection section, SettingKey key, string origin) =>
        section.Value is { } line
            ? [.. line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)]
            : [.. InOrder(section).Select(c => c.Value ?? throw Wrong(section, key, origin, "a list of texts"))];

    private static Dictionary<string, string> Map(IConfigurationSection section, SettingKey key, string origin) =>
        section.Value is null or ""
            ? section.GetChildren().ToDictionary(c => c.Key, c => c.Value ?? throw Wrong(section, key, origin, "an object of texts"), StringComparer.OrdinalIgnoreCase)
            : throw Wrong(section, key, origin, "an object of texts");

    private static List<CategorySettings> Categories(IConfigurationSection section, SettingKey key, string origin) =>
        section.Value is null or ""
            ? [.. InOrder(section).Select(c => Category(c) ?? throw Wrong(section, key, origin, "a list of {\"name\": …, \"description\": …}"))]
            : throw Wrong(section, key, origin, "a list of {\"name\": …, \"description\": …}");

    private static CategorySettings? Category(IConfigurationSection section) =>
        section.Value is { } name
            ? new() { Name = name }
            : section.GetChildren().All(c => c.Value is not null && c.Key.ToLowerInvariant() is "name" or "description")
                ? new() { Name = section["name"] ?? "", Description = section["description"] ?? "" }
                : null;

    // Children come sorted by key, numbers as numbers, unless somebody wrote an object in place of a list.
    private static IEnumerable<IConfigurationSection> InOrder(IConfigurationSection section) => section.GetChildren();

    private static ArgumentException Wrong(IConfigurationSection section, SettingKey key, string origin, string wanted) =>
        new(section.Value is { } v && !key.IsSecret
            ? $"The setting {key.Name} (from {origin}) is '{v}', but {wanted} is needed."
            : $"The setting {key.Name} (from {origin}) must be {wanted}.");
}
