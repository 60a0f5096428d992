namespace MemU.Settings;

/// <summary>Reads a name that must be one of a few.</summary>
internal static class ProviderName
{
    /// <summary>The known name, trimmed and in lower case.</summary>
    /// <exception cref="ArgumentException">The name is not known; the message lists the known ones.</exception>
    public static string Of(string setting, string value, params string[] known) =>
        known.FirstOrDefault(k => string.Equals(k, value.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"The setting {setting} is '{value}', which is unknown. Known: {string.Join(", ", known)}.");
}
