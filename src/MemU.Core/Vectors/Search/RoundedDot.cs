using System.Runtime.CompilerServices;
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
        return AvxVnni.IsSupported ? Widest(ref a, ref b, (nuint)row.Length)
            : Avx2.IsSupported ? Wide(ref a, ref b, (nuint)row.Length)
            : Portable(ref a, ref b, (nuint)row.Length);
    }

    // As below, in one instruction for three.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Widest(ref sbyte question, ref sbyte row, nuint length)
    {
        // Four sums, because each waits for its own last addition.
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        nuint i = 0;
        for (; i + (4 * Step) <= length; i += 4 * Step)
        {
            a = Add(a, Vector256.LoadUnsafe(ref question, i), Vector256.LoadUnsafe(ref row, i));
            b = Add(b, Vector256.LoadUnsafe(ref question, i + Step), Vector256.LoadUnsafe(ref row, i + Step));
            c = Add(c, Vector256.LoadUnsafe(ref question, i + (2 * Step)), Vector256.LoadUnsafe(ref row, i + (2 * Step)));
            d = Add(d, Vector256.LoadUnsafe(ref question, i + (3 * Step)), Vector256.LoadUnsafe(ref row, i + (3 * Step)));
        }

        for (; i < length; i += Step)
        {
            a = Add(a, Vector256.LoadUnsafe(ref question, i), Vector256.LoadUnsafe(ref row, i));
        }

        return Vector256.Sum(a + b + (c + d));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<int> Add(Vector256<int> sum, Vector256<sbyte> q, Vector256<sbyte> r) => AvxVnni.MultiplyWideningAndAdd(sum, Avx2.Abs(q), Avx2.Sign(r, q));
    }

    // The instruction multiplies unsigned with signed bytes, so the question's sign is moved to the row. Two products of at most 127 · 127 fit 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
