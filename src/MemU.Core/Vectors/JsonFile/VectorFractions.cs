using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemU.Vectors;

/// <summary>
/// Reads runs of numbers below one, such as 0.0123, each followed by a comma: what nearly all numbers of embeddings look like. All digits of a number are
/// turned into its value at once, and where the next one begins is known before that is done. Needs AVX2; whatever is not of this form is left where it stands.
/// </summary>
internal static class VectorFractions
{
    // Digits that count. More are cut off, which is an error of less than one in the last of them; then the value must be at least Least.
    private const int Digits = 18;
    private const double Unit = 1e18;
    private const long Least = 1L << 40;

    // In units of the last bit of a double: 2^13 at most for what was cut off, one for rounding twice; so twice that.
    private const long Near = (1L << 14) + 2;

    // The longest number that is looked for, what may stand after it, and the vector read from behind its point.
    private const int Ahead = 80;

    private static ReadOnlySpan<byte> Kept =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Reads as many as it can.</summary>
    /// <param name="bytes">JSON.</param>
    /// <param name="at">Where a number begins; moves to where the first one begins that was not read.</param>
    /// <param name="numbers">Where they go.</param>
    /// <returns>How many were read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(ReadOnlySpan<byte> bytes, ref int at, Span<float> numbers)
    {
        if (!Avx2.IsSupported)
        {
            return 0;
        }

        ref var start = ref MemoryMarshal.GetReference(bytes);
        ref var kept = ref MemoryMarshal.GetReference(Kept);
        var (count, place, last) = (0, at, bytes.Length - Ahead);
        for (; count < numbers.Length && place <= last; count++)
        {
            ref var number = ref Unsafe.Add(ref start, place);
            var comma = (int)uint.TrailingZeroCount(Vector256.Equals(Vector256.LoadUnsafe(ref number), Vector256.Create((byte)',')).ExtractMostSignificantBits());
            var sign = number == '-' ? 1 : 0;
            var length = comma - sign - 2;
            if (comma == Vector256<byte>.Count || length <= 0 || Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref number, sign)) != ZeroPoint)
            {
                break;
            }

            // What follows the number counts as zeros.
            var digits = (Vector256.LoadUnsafe(ref Unsafe.Add(ref number, sign + 2)) - Vector256.Create((byte)'0'))
                & Vector256.LoadUnsafe(ref Unsafe.Add(ref kept, Vector256<byte>.Count - length));
            if (Vector256.GreaterThanAny(digits, Vector256.Create((byte)9)))
            {
                break;
            }

            var value = ValueOf(digits);
            var exact = value / Unit;
            var below = BitConverter.DoubleToInt64Bits(exact) & ((VectorNumbers.Middle * 2) - 1);
            if ((length > Digits && value < Least) || Math.Abs(below - VectorNumbers.Middle) <= Near)
            {
                break;
            }

            numbers[count] = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)exact) | (sign << 31));
            place += comma + 1 + SpaceAfter(ref Unsafe.Add(ref number, comma + 1));
        }

        at = place;
        return count;
    }

    // "0." as two bytes.
    private static ushort ZeroPoint => BitConverter.IsLittleEndian ? (ushort)0x2E30 : (ushort)0x302E;

    /// <summary>The first eighteen of 32 digits as a number: pairs, fours, eights, and then two eights and a pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ValueOf(Vector256<byte> digits)
    {
        var pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte());
        var fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x00010064).AsInt16());
        var eights = Avx2.MultiplyAddAdjacent(Avx2.PackUnsignedSaturate(fours, fours).AsInt16(), Vector256.Create(0x00012710).AsInt16());
        var two = eights.AsUInt64().ToScalar();
        return ((long)(uint)two * 10_000_000_000) + ((long)(two >> 32) * 100) + (eights.AsUInt32().GetElement(4) / 1_000_000);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SpaceAfter(ref byte comma)
    {
        // The Python code gives each number a line of its own and indents it by eight; others put one blank, or none.
        if (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref comma, 1)) == 0x2020202020202020 && comma == '\n')
        {
            return 9;
        }

        return comma == ' ' ? 1 : 0;
    }
}
