using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace MemU.Storage;

/// <summary>The opaque text that says where a page ended: the sort key of its last row, and of which list. Callers hand it back, they never read it.</summary>
internal static class PageCursor
{
    /// <summary>The cursor of a row of a list with this sort key.</summary>
    public static string Of(PagedList list, params IReadOnlyList<string> key)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var part in key)
            {
                json.WriteStringValue(part);
            }

            json.WriteNumberValue(list.Number);
            json.WriteEndArray();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    /// <summary>The sort key in a cursor; null for the first page.</summary>
    /// <param name="list">The list that goes on there.</param>
    /// <param name="cursor">What the caller handed back; one of an earlier version does not say of which list it is.</param>
    /// <param name="parts">How many parts the key of this list has.</param>
    /// <exception cref="ArgumentException">The text is not a cursor of such a list.</exception>
    public static string[]? Read(PagedList list, string? cursor, int parts)
    {
        if (cursor is null)
        {
            return null;
        }

        var (key, number) = Parts(cursor);
        if (number is { } given && given != list.Number)
        {
            throw new ArgumentException(
                "The cursor belongs to another list: other records, another order or another filter. Ask for the same as for the page before, or pass no cursor for the first page.",
                nameof(cursor));
        }

        return key is not null && key.Length == parts ? key : throw Foreign(nameof(cursor));
    }

    /// <summary>The cursor of a passage.</summary>
    public static string OfPassage(PagedList list, PassageKey key) => Of(list, key.ResourceId, key.Position.ToString(CultureInfo.InvariantCulture), key.Id);

    /// <summary>The place of a passage in a cursor; null for the first page.</summary>
    /// <exception cref="ArgumentException">The text is not a cursor of passages.</exception>
    public static PassageKey? ReadPassage(PagedList list, string? cursor) =>
        Read(list, cursor, 3) is not [var resourceId, var position, var id] ? null
        : int.TryParse(position, CultureInfo.InvariantCulture, out var number) ? new PassageKey(resourceId, number, id)
        : throw Foreign(nameof(cursor));

    private static (string[]? Key, uint? List) Parts(string cursor)
    {
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(cursor));
            JsonElement[] parts = json.RootElement.ValueKind == JsonValueKind.Array ? [.. json.RootElement.EnumerateArray()] : [];
            uint? list = parts is [.., { ValueKind: JsonValueKind.Number } last] && last.TryGetUInt32(out var number) ? number : null;
            var key = list is null ? parts : parts[..^1];
            return (Array.TrueForAll(key, k => k.ValueKind == JsonValueKind.String) ? Array.ConvertAll(key, k => k.GetString()!) : null, list);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // No cursor: said in words that help.
            return (null, null);
        }
    }

    private static ArgumentException Foreign(string parameter) =>
        new("The cursor is not one that this list gave. Pass the next cursor of the page before, unchanged, or none for the first page.", parameter);
}
