using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace MemU.Storage;

/// <summary>The opaque text that says where a page ended: the sort key of its last row. Callers hand it back, they never read it.</summary>
internal static class PageCursor
{
    /// <summary>The cursor of a row with this sort key.</summary>
    public static string Of(params IReadOnlyList<string> key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var part in key)
            {
                json.WriteStringValue(part);
            }

            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>The sort key in a cursor; null for the first page.</summary>
    /// <param name="cursor">What the caller handed back.</param>
    /// <param name="parts">How many parts the key of this list has.</param>
    /// <exception cref="ArgumentException">The text is not a cursor of such a list.</exception>
    public static string[]? Read(string? cursor, int parts)
    {
        if (cursor is null)
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(cursor));
            var key = json.RootElement;
            if (key.ValueKind == JsonValueKind.Array && key.GetArrayLength() == parts && key.EnumerateArray().All(k => k.ValueKind == JsonValueKind.String))
            {
                return [.. key.EnumerateArray().Select(k => k.GetString()!)];
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // Said below, in words that help.
        }

        throw Foreign(nameof(cursor));
    }

    /// <summary>The cursor of a passage.</summary>
    public static string OfPassage(PassageKey key) => Of(key.ResourceId, key.Position.ToString(CultureInfo.InvariantCulture), key.Id);

    /// <summary>The place of a passage in a cursor; null for the first page.</summary>
    /// <exception cref="ArgumentException">The text is not a cursor of passages.</exception>
    public static PassageKey? ReadPassage(string? cursor) =>
        Read(cursor, 3) is not [var resourceId, var position, var id] ? null
        : int.TryParse(position, CultureInfo.InvariantCulture, out var number) ? new PassageKey(resourceId, number, id)
        : throw Foreign(nameof(cursor));

    private static ArgumentException Foreign(string parameter) =>
        new("The cursor is not one that this list gave. Pass the next cursor of the page before, unchanged, or none for the first page.", parameter);
}
