using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemU.Vectors;

/// <summary>
/// The dot products of a rounded question with rounded rows that stand one after the other. The multiplication of bytes wants one side without a sign: rows
/// are 1 to 255.
/// </summary>
internal static class RoundedDot
{
    /// <summary>Rows are padded to a multiple of this.</summary>
    public const int Step = 32;

    /// <summary>The greatest number in a question. Where two products are added in 16 bits on the way, only half of what fits a byte.</summary>
    public static int MostInQuestion { get; } = Avx2.IsSupported && !AvxVnni.IsSupported ? 64 : 127;

    /// <summary>Compares a question with as many rows as there is room for products. Its length, that of each row, is a multiple of <see cref="Step"/>.</summary>
    public static void OfRows(ReadOnlySpan<sbyte> question, ReadOnlySpan<byte> rows, Span<int> products)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, question.Length * products.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(question.Length % Step, 0);
        ref var q = ref MemoryMarshal.GetReference(question);
        ref var r = ref MemoryMarshal.GetReference(rows);
        if (Avx2.IsSupported)
        {
            Wide(ref q, ref r, question.Length, products);
        }
        else
        {
            Portable(ref q, ref r, question.Length, products);
        }
    }

    // Compiled at once, as below: a scan is long, and its first ones must not run as unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(ref sbyte question, ref byte rows, int length, Span<int> products)
    {
        // One row after the other, as memory is read best; the sums of four come out of one tree of additions.
        ref var row = ref rows;
        var p = 0;
        for (; p + 4 <= products.Length; p += 4, row = ref Unsafe.Add(ref row, 4 * length))
        {
            var a = Sums(ref question, ref row, (nuint)length);
            var b = Sums(ref question, ref Unsafe.Add(ref row, length), (nuint)length);
            var c = Sums(ref question, ref Unsafe.Add(ref row, 2 * length), (nuint)length);
            var d = Sums(ref question, ref Unsafe.Add(ref row, 3 * length), (nuint)length);
            var halves = Avx2.HorizontalAdd(Avx2.HorizontalAdd(a, b), Avx2.HorizontalAdd(c, d));
            (halves.GetLower() + halves.GetUpper()).CopyTo(products[p..]);
        }

        for (; p < products.Length; p++, row = ref Unsafe.Add(ref row, length))
        {
            products[p] = Vector256.Sum(Sums(ref question, ref row, (nuint)length));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sums(ref sbyte question, ref byte row, nuint length)
    {
        // Four sums, because each waits for its own last addition.
        var (a, b, c, d) = (Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero, Vector256<int>.Zero);
        nuint i = 0;
        for (; i + (4 * Step) <= length; i += 4 * Step)
        {
            a = Add(a, Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref question, i));
            b = Add(b, Vector256.LoadUnsafe(ref row, i + Step), Vector256.LoadUnsafe(ref question, i + Step));
            c = Add(c, Vector256.LoadUnsafe(ref row, i + (2 * Step)), Vector256.LoadUnsafe(ref question, i + (2 * Step)));
            d = Add(d, Vector256.LoadUnsafe(ref row, i + (3 * Step)), Vector256.LoadUnsafe(ref question, i + (3 * Step)));
        }

        for (; i < length; i += Step)
        {
            a = Add(a, Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref question, i));
        }

        return a + b + (c + d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Add(Vector256<int> sum, Vector256<byte> row, Vector256<sbyte> question) => AvxVnni.IsSupported
        ? AvxVnni.MultiplyWideningAndAdd(sum, row, question)
        : sum + Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(row, question), Vector256<short>.One);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Portable(ref sbyte question, ref byte rows, int length, Span<int> products)
    {
        ref var row = ref rows;
        for (var p = 0; p < products.Length; p++, row = ref Unsafe.Add(ref row, length))
        {
            var sum = Vector128<int>.Zero;
            for (nuint i = 0; i < (nuint)length; i += (nuint)Vector128<sbyte>.Count)
            {
                var (qLow, qHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref question, i));
                var (rLow, rHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref row, i));
                var (a, b) = Vector128.Widen(qLow * rLow.AsInt16());
                var (c, d) = Vector128.Widen(qHigh * rHigh.AsInt16());
                sum += a + b + (c + d);
            }

            products[p] = Vector128.Sum(sum);
        }
    }
}
