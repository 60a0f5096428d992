using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace MemU.Settings;

/// <summary>Reads a settings file and refuses keys that nobody would read.</summary>
internal static class SettingsFile
{
    /// <exception cref="ArgumentException">The file cannot be read, is no JSON object, or holds an unknown key.</exception>
    public static IConfigurationRoot Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var root = new ConfigurationBuilder().AddJsonStream(stream).Build();
            Check(root.GetChildren(), path);
            return root;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArgumentException($"The settings file '{path}' does not exist. Make it, or name another one.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The settings file '{path}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ArgumentException($"The settings file '{path}' is not a JSON object: {e.Message}", e);
        }
    }

    private static void Check(IEnumerable<IConfigurationSection> sections, string path)
    {
        foreach (var section in sections)
        {
            var name = section.Path.Replace(':', '.');
            if (SettingsCatalog.Get(name) is not null)
            {
                continue;
            }

            if (!SettingsCatalog.All.Any(k => k.Name.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase)))
            {
                throw new ArgumentException($"The settings file '{path}' holds '{name}', which is not a setting.{Suggestion(name)}");
            }

            if (!string.IsNullOrEmpty(section.Value))
            {
                throw new ArgumentException($"The settings file '{path}' gives '{name}' one value, but it is a group of settings: write \"{name}\": {{ … }}.");
            }

            Check(section.GetChildren(), path);
        }
    }

    private static string Suggestion(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        var sameKey = SettingsCatalog.All.Where(k => k.Name.EndsWith("." + last, StringComparison.OrdinalIgnoreCase)).Select(k => k.Name).ToList();
        var nearest = sameKey.Count > 0 ? string.Join(" or ", sameKey) : Nearest.To(name, SettingsCatalog.All.Select(k => k.Name));
        return nearest is null ? " 'memu config' lists all settings." : $" Did you mean {nearest}?";
    }
}
