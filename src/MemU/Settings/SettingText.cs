using System.Globalization;

namespace MemU.Settings;

/// <summary>Setting values as text, for people.</summary>
internal static class SettingText
{
    private const string Mask = "********";

    public static string? Show(object? value, bool secret) => value switch
    {
        null => null,
        "" => null,
        _ when secret => Mask,
        bool b => b ? "true" : "false",
        IEnumerable<string> list => string.Join(", ", list),
        IReadOnlyDictionary<string, string> map => map.Count == 0 ? null : string.Join(", ", map.Keys.Order(StringComparer.Ordinal)),
        IEnumerable<CategorySettings> categories => string.Join(", ", categories.Select(c => c.Name)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        string text when text.Contains("://", StringComparison.Ordinal) => WithoutCredentials(text),
        _ => value.ToString(),
    };

    // An endpoint may carry a password or a key: https://name:password@host/?key=…
    private static string WithoutCredentials(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.UserInfo.Length > 0 || uri.Query.Length > 0)
            ? $"{uri.Scheme}://{(uri.UserInfo.Length > 0 ? Mask + "@" : "")}{uri.Authority}{uri.AbsolutePath}{(uri.Query.Length > 0 ? "?" + Mask : "")}"
            : url;
}
