using System.Text;

namespace MemU.Onnx.Tests;

/// <summary>A message of Protocol Buffers.</summary>
internal sealed class Field
{
    private readonly List<byte> bytes = [];

    public Field Add(int number, long value)
    {
        Number((uint)(number << 3));
        Number((ulong)value);
        return this;
    }

    public Field Add(int number, string value) => AddBytes(number, Encoding.UTF8.GetBytes(value));

    public Field Add(int number, Field value) => AddBytes(number, value.ToArray());

    /// <summary>One number without a name, as an element of a packed list.</summary>
    public Field AddRaw(long value)
    {
        Number((ulong)value);
        return this;
    }

    public byte[] ToArray() => [.. bytes];

    /// <summary>Bytes as they are.</summary>
    public Field AddBytes(int number, byte[] value)
    {
        Number((uint)(number << 3) | 2);
        Number((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    private void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
    }
}
