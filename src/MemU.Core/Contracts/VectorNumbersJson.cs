using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
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

    /// <summary>How many numbers base64 holds as an export writes it; null when that is no whole number.</summary>
    public static int? CountIn(ReadOnlySpan<byte> text)
    {
        var length = (text.Length / 4 * 3) - (text.EndsWith("=="u8) ? 2 : text.EndsWith("="u8) ? 1 : 0);
        return length < 0 || length % sizeof(float) != 0 ? null : length / sizeof(float);
    }

    /// <summary>Decodes so many numbers to where they stay; false when they are written in another way, or wrongly.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<float> numbers)
    {
        var bytes = MemoryMarshal.AsBytes(numbers);
        if (Base64.DecodeFromUtf8(text, bytes, out var read, out var written) != OperationStatus.Done || read != text.Length || written != bytes.Length)
        {
            return false;
        }

        Turn(numbers);
        return true;
    }

    private static float[] FromBase64(ref Utf8JsonReader reader) => Plain(ref reader) ?? Any(ref reader);

    /// <summary>As an export writes it; null when it is written in another way, or wrongly.</summary>
    private static float[]? Plain(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.HasValueSequence || CountIn(reader.ValueSpan) is not { } count)
        {
            return null;
        }

        var numbers = new float[count];
        return TryDecode(reader.ValueSpan, numbers) ? numbers : null;
    }

    private static float[] Any(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out var bytes) || bytes.Length % sizeof(float) != 0)
        {
            throw new JsonException();
        }

        var numbers = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        Turn(numbers);
        return numbers;
    }

    // From little-endian to the order of this machine.
    private static void Turn(Span<float> numbers)
    {
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(numbers);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
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
