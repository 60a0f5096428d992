using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MemU.Contracts;

/// <summary>
/// The numbers of a vector in an export: base64 of 32-bit floats, little-endian, so that they come back to the bit and are not read from decimal digits. The list of numbers
/// that version 1 wrote is read too.
/// </summary>
internal sealed class VectorNumbersJson : JsonConverter<float[]>
{
    public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.StartArray ? FromList(ref reader) : FromBase64(ref reader);

    public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options)
    {
        var bytes = MemoryMarshal.AsBytes(value.AsSpan());
        if (!BitConverter.IsLittleEndian)
        {
            var turned = new int[value.Length];
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, int>(bytes), turned);
            bytes = MemoryMarshal.AsBytes(turned.AsSpan());
        }

        writer.WriteBase64StringValue(bytes);
    }

    private static float[] FromBase64(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(float) != 0)
        {
            throw new JsonException();
        }

        var numbers = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(numbers.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return numbers;
    }

    private static float[] FromList(ref Utf8JsonReader reader)
    {
        List<float> numbers = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out var number))
        {
            numbers.Add(number);
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. numbers] : throw new JsonException();
    }
}
