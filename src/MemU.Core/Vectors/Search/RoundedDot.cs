using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemU.Vectors;

/// <summary>The dot product of two rounded rows, whose numbers are −127 to 127 and whose length is a multiple of <see cref="Step"/>.</summary>
internal static class RoundedDot
{
    /// <summary>Rows are padded with zeros to a multiple of this.</summary>
    public const int Step = 32;

    public static int Of(ReadOnlySpan<sbyte> question, ReadOnlySpan<sbyte> row)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(question.Length, row.Length);
        ref var a = ref MemoryMarshal.GetReference(question);
        ref var b = ref MemoryMarshal.GetReference(row);
        return Avx2.IsSupported ? Wide(ref a, ref b, (nuint)row.Length) : Portable(ref a, ref b, (nuint)row.Length);
    }

    // The instruction multiplies unsigned with signed bytes, so the question's sign is moved to the row. Two products of at most 127 · 127 fit 16 bits.
    private static int Wide(ref sbyte question, ref sbyte row, nuint length)
    {
        var (sum, ones) = (Vector256<int>.Zero, Vector256<short>.One);
        for (nuint i = 0; i < length; i += Step)
        {
            var q = Vector256.LoadUnsafe(ref question, i);
            var pairs = Avx2.MultiplyAddAdjacent(Avx2.Abs(q), Avx2.Sign(Vector256.LoadUnsafe(ref row, i), q));
            sum += Avx2.MultiplyAddAdjacent(pairs, ones);
        }

        return Vector256.Sum(sum);
    }

    private static int Portable(ref sbyte question, ref sbyte row, nuint length)
    {
        var sum = Vector128<int>.Zero;
        for (nuint i = 0; i < length; i += (nuint)Vector128<sbyte>.Count)
        {
            var (qLow, qHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref question, i));
            var (rLow, rHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref row, i));
            var (a, b) = Vector128.Widen(qLow * rLow);
            var (c, d) = Vector128.Widen(qHigh * rHigh);
            sum += a + b + (c + d);
        }

        return Vector128.Sum(sum);
    }
}
