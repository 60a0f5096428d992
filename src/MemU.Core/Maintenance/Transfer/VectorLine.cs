using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using MemU.Contracts;
using MemU.Vectors;

namespace MemU.Maintenance;

/// <summary>
/// A vector's line exactly as an export writes it, without escapes: most of a file are such lines. Whatever looks otherwise, and whatever may be wrong, is left to
/// <see cref="ExportRecords"/>, which knows every way to write it and says what is wrong.
/// </summary>
internal readonly ref struct VectorLine
{
    private const int MaxIdLength = 255;

    private ReadOnlySpan<byte> Collection { get; init; }

    private ReadOnlySpan<byte> Id { get; init; }

    private Words Model { get; init; }

    private Words Text { get; init; }

    private ReadOnlySpan<byte> Numbers { get; init; }

    private int Count { get; init; }

    /// <summary>Takes a line apart; false when it looks otherwise. Its numbers are not looked at.</summary>
    public static bool TryOf(ReadOnlySpan<byte> json, out VectorLine line)
    {
        line = default;
        if (!json.StartsWith("{\"type\":\"vector\","u8) || !Utf8.IsValid(json))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            if (reader.Read() && Take(ref reader, "type"u8, out _) && Take(ref reader, "collection"u8, out var collection) && !collection.IsNull
                && Take(ref reader, "id"u8, out var id) && IsId(id.Bytes) && Take(ref reader, "model"u8, out var model) && Take(ref reader, "text"u8, out var text)
                && Take(ref reader, "vector"u8, out var numbers) && VectorNumbersJson.CountIn(numbers.Bytes) is { } count and > 0
                && reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read())
            {
                line = new VectorLine { Collection = collection.Bytes, Id = id.Bytes, Model = model, Text = text, Numbers = numbers.Bytes, Count = count };
                return true;
            }
        }
        catch (JsonException)
        {
            // The other reader says where.
        }

        return false;
    }

    /// <summary>True when the numbers are some that can be stored.</summary>
    public bool HoldsNumbers()
    {
        var buffer = ArrayPool<float>.Shared.Rent(Count);
        try
        {
            var numbers = buffer.AsSpan(0, Count);
            return VectorNumbersJson.TryDecode(Numbers, numbers) && VectorLength.IsFinite(numbers);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    /// <summary>The record; null when its numbers are written in another way.</summary>
    /// <param name="lastModel">The model of the vector before: the next one mostly has the same.</param>
    public VectorJson? Read(ref string? lastModel)
    {
        var numbers = new float[Count];
        if (!VectorNumbersJson.TryDecode(Numbers, numbers))
        {
            return null;
        }

        if (Model.IsNull || lastModel is null || !Ascii.Equals(Model.Bytes, lastModel))
        {
            lastModel = Model.Get();
        }

        return new VectorJson { Collection = NameOf(Collection), Id = Encoding.UTF8.GetString(Id), Model = lastModel, Text = Text.Get(), Vector = numbers };
    }

    private static bool Take(scoped ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, out Words value)
    {
        value = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name)
            || !reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null) || reader.ValueIsEscaped)
        {
            return false;
        }

        value = reader.TokenType == JsonTokenType.Null ? new Words { IsNull = true } : new Words { Bytes = reader.ValueSpan };
        return true;
    }

    // Those that nobody could object to.
    private static bool IsId(ReadOnlySpan<byte> id) => id.Length is > 0 and <= MaxIdLength && !id.ContainsAnyExceptInRange((byte)'!', (byte)'~');

    private static string NameOf(ReadOnlySpan<byte> collection)
    {
        foreach (var name in VectorCollections.All)
        {
            if (Ascii.Equals(collection, name))
            {
                return name;
            }
        }

        return Encoding.UTF8.GetString(collection);
    }

    private readonly ref struct Words
    {
        public bool IsNull { get; init; }

        public ReadOnlySpan<byte> Bytes { get; init; }

        public string? Get() => IsNull ? null : Encoding.UTF8.GetString(Bytes);
    }
}
