using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// Reads the numbers of a vector from JSON, several times faster than token by token and to the same bit. The way is that of Clinger: digits and power of ten
/// in double precision, unless the result is so near to the middle between two floats that the error could matter.
/// </summary>
internal static class VectorNumbers
{
    /// <summary>The bytes end before the vector does.</summary>
    public const int Incomplete = -1;

    /// <summary>Something stands there that is not for this reader.</summary>
    public const int Odd = -2;

    private const int MostDigits = 19;
    private const double Smallest = 1e-37;
    private const double Greatest = 3e38;

    // Half of the bits that a double has beyond a float, and how near to that the sum of the errors may bring us: two units at most, so twice that.
    internal const long Middle = 1L << 28;
    private const long Near = 4;
    private static readonly double[] Powers = [.. Enumerable.Range(0, 61).Select(e => double.Parse($"1e{e}", CultureInfo.InvariantCulture))];

    /// <summary>Reads from behind the opening bracket.</summary>
    /// <param name="bytes">What follows the bracket.</param>
    /// <param name="numbers">Where the numbers go; grows.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>Where the closing bracket stands, or <see cref="Incomplete"/>, or <see cref="Odd"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a big file is read once, before the runtime would notice that this is worth its while
    public static int Read(ReadOnlySpan<byte> bytes, ref float[] numbers, out int count)
    {
        count = 0;
        var at = AfterSpace(bytes, 0);
        if (at < bytes.Length && bytes[at] == ']')
        {
            return at;
        }

        while (true)
        {
            // Most numbers in one go; those that are written otherwise one by one.
            count += VectorFractions.Read(bytes, ref at, numbers.AsSpan(count));
            at = AfterSpace(bytes, at);
            var start = at;
            if (!TryNumber(bytes, ref at, out var number))
            {
                return at >= bytes.Length ? Incomplete : Odd;
            }

            // A number that the bytes end with may go on in the next ones.
            if (at >= bytes.Length)
            {
                return Incomplete;
            }

            if (float.IsNaN(number) && !TrySlowly(bytes[start..at], out number))
            {
                return Odd;
            }

            if (count == numbers.Length)
            {
                Array.Resize(ref numbers, count * 2);
            }

            numbers[count++] = number;
            at = AfterSpace(bytes, at);
            if (at >= bytes.Length)
            {
                return Incomplete;
            }

            if (bytes[at] == ']')
            {
                return at;
            }

            if (bytes[at] != ',')
            {
                return Odd;
            }

            at = AfterSpace(bytes, at + 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AfterSpace(ReadOnlySpan<byte> bytes, int at)
    {
        // The Python code indents each number by eight.
        if (bytes.Length - at > sizeof(ulong) && bytes[at] == '\n' && BinaryPrimitives.ReadUInt64LittleEndian(bytes[(at + 1)..]) == 0x2020202020202020)
        {
            at += 1 + sizeof(ulong);
        }

        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads a number as JSON defines it; NaN when it has to be read slowly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, out float number)
    {
        number = float.NaN;
        var isNegative = at < bytes.Length && bytes[at] == '-';
        at += isNegative ? 1 : 0;
        var (digits, exponent, start) = (0UL, 0, at);
        Digits(bytes, ref at, ref digits);
        var whole = at - start;
        if (whole == 0 || (whole > 1 && bytes[start] == '0'))
        {
            return false;
        }

        if (at < bytes.Length && bytes[at] == '.')
        {
            var point = ++at;
            Digits(bytes, ref at, ref digits);
            exponent = point - at;
            if (exponent == 0)
            {
                return false;
            }
        }

        var count = whole - exponent;
        if (at < bytes.Length && bytes[at] is (byte)'e' or (byte)'E' && !TryExponent(bytes, ref at, ref exponent))
        {
            return false;
        }

        // More digits than fit have overflowed, unless the first ones are zeros.
        if (count <= MostDigits || (count <= MostDigits + 6 && StartsWithZeros(bytes[start..], count - MostDigits)))
        {
            number = ToSingle(digits, exponent, isNegative);
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Digits(ReadOnlySpan<byte> bytes, ref int at, ref ulong digits)
    {
        // Eight at a time, as long as there are eight.
        while (bytes.Length - at >= sizeof(ulong) && BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]) is var eight && AreDigits(eight))
        {
            digits = (digits * 100_000_000) + ValueOf(eight);
            at += sizeof(ulong);
        }

        for (; at < bytes.Length && (uint)(bytes[at] - '0') is var digit and <= 9; at++)
        {
            digits = (digits * 10) + digit;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong eight) =>
        ((eight & 0xF0F0F0F0F0F0F0F0) | (((eight + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) == 0x3333333333333333;

    /// <summary>The number that eight digits make: pairs, then fours, then all, each by one multiplication.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ValueOf(ulong eight)
    {
        eight -= 0x3030303030303030;
        eight = (eight * 10) + (eight >> 8);
        return (((eight & 0x000000FF000000FF) * 0x000F424000000064) + (((eight >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
    }

    private static bool TryExponent(ReadOnlySpan<byte> bytes, ref int at, ref int exponent)
    {
        at++;
        var isNegative = at < bytes.Length && bytes[at] == '-';
        at += at < bytes.Length && bytes[at] is (byte)'-' or (byte)'+' ? 1 : 0;
        var (value, start) = (0UL, at);
        Digits(bytes, ref at, ref value);
        if (at == start)
        {
            return false;
        }

        // Absurd ones are read slowly.
        var limited = at - start > 4 ? 100_000 : (int)value;
        exponent += isNegative ? -limited : limited;
        return true;
    }

    private static bool StartsWithZeros(ReadOnlySpan<byte> number, int count)
    {
        for (var i = 0; count > 0; i++)
        {
            if (number[i] == '.')
            {
                continue;
            }

            if (number[i] != '0')
            {
                return false;
            }

            count--;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float ToSingle(ulong digits, int exponent, bool isNegative)
    {
        if (digits == 0)
        {
            return isNegative ? -0f : 0f;
        }

        if (exponent < -60 || exponent > 60)
        {
            return float.NaN;
        }

        var value = exponent < 0 ? digits / Powers[-exponent] : digits * Powers[exponent];
        var below = BitConverter.DoubleToInt64Bits(value) & ((Middle * 2) - 1);
        return value is < Smallest or > Greatest || Math.Abs(below - Middle) <= Near ? float.NaN : (float)(isNegative ? -value : value);
    }

    private static bool TrySlowly(ReadOnlySpan<byte> number, out float value) =>
        float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);
}
