using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemU.Reasoning.Llm;

/// <summary>Reads fields as a model may have written them: names ignoring case and separators, numbers as text and text as numbers.</summary>
internal static class JsonFields
{
    public static bool Has(this JsonObject o, string name) => o.Any(p => SameName(p.Key, name));

    public static JsonNode? Field(this JsonObject o, string name) =>
        o.TryGetPropertyValue(name, out var exact) ? exact : o.FirstOrDefault(p => SameName(p.Key, name)).Value;

    /// <summary>The text of a field; null when it is missing, null or no text.</summary>
    public static string? Text(this JsonObject o, string name) => AsText(o.Field(name));

    /// <summary>True or false, also written as text or number; null when it is neither.</summary>
    public static bool? Flag(this JsonObject o, string name)
    {
        var node = o.Field(name);
        return node?.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => AsNumber(node) != 0,
            JsonValueKind.String => AsText(node)!.Trim().ToLowerInvariant() switch
            {
                "true" or "yes" or "1" => true,
                "false" or "no" or "0" => false,
                _ => null,
            },
            _ => null,
        };
    }

    /// <summary>The elements of a field: of a list, or the one value that stands in its place; none for null.</summary>
    public static IReadOnlyList<JsonNode?> Elements(this JsonObject o, string name)
    {
        var field = o.Field(name);
        return field is JsonArray list ? [.. list] : field is null ? Array.Empty<JsonNode?>() : new[] { field };
    }

    public static string? AsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    /// <summary>A whole number, also as text such as <c>"3"</c> or <c>"[3]"</c>; null when it is none.</summary>
    public static int? AsNumber(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number when node.GetValue<decimal>() is var d && d == decimal.Truncate(d) && Math.Abs(d) < int.MaxValue => (int)d,
        JsonValueKind.String when int.TryParse(node.GetValue<string>().Trim(' ', '#', '[', ']', '(', ')', '.'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) => i,
        _ => null,
    };

    private static bool SameName(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase) || string.Equals(Bare(a), Bare(b), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
