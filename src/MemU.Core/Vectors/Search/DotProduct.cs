using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemU.Vectors;

/// <summary>
/// The dot products of a question with rows that stand one after the other. One row at a time, as memory is read best, with four accumulators, which keep the
/// two multipliers of a core busy.
/// </summary>
internal static class DotProduct
{
    /// <summary>Rows are padded with zeros to a multiple of this.</summary>
    public const int Step = 16;

    /// <summary>Compares a question with as many rows as there is room for products. Its length, that of each row, is a multiple of <see cref="Step"/>.</summary>
    public static void OfRows(ReadOnlySpan<float> question, ReadOnlySpan<float> rows, Span<float> products)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, question.Length * products.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(question.Length % Step, 0);
        if (Vector512.IsHardwareAccelerated)
        {
            // The runtime says so only where wide registers do not slow the core down.
            Widest(ref MemoryMarshal.GetReference(question), ref MemoryMarshal.GetReference(rows), question.Length, products);
        }
        else if (Fma.IsSupported)
        {
            Wide(ref MemoryMarshal.GetReference(question), ref MemoryMarshal.GetReference(rows), question.Length, products);
        }
        else
        {
            for (var row = 0; row < products.Length; row++)
            {
                products[row] = TensorPrimitives.Dot(question, rows.Slice(row * question.Length, question.Length));
            }
        }
    }

    // Compiled at once, as below: a scan is long, and its first ones must not run as unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widest(ref float question, ref float rows, int length, Span<float> products)
    {
        ref var row = ref rows;
        for (var p = 0; p < products.Length; p++, row = ref Unsafe.Add(ref row, length))
        {
            var (a, b, c, d) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
            nuint i = 0;
            for (; i + 64 <= (nuint)length; i += 64)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, i), Vector512.LoadUnsafe(ref question, i), a);
                b = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, i + 16), Vector512.LoadUnsafe(ref question, i + 16), b);
                c = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, i + 32), Vector512.LoadUnsafe(ref question, i + 32), c);
                d = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, i + 48), Vector512.LoadUnsafe(ref question, i + 48), d);
            }

            for (; i < (nuint)length; i += 16)
            {
                a = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref row, i), Vector512.LoadUnsafe(ref question, i), a);
            }

            var sum = a + b + (c + d);
            products[p] = Vector256.Sum(sum.GetLower() + sum.GetUpper());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(ref float question, ref float rows, int length, Span<float> products)
    {
        ref var row = ref rows;
        for (var p = 0; p < products.Length; p++, row = ref Unsafe.Add(ref row, length))
        {
            var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            nuint i = 0;
            for (; i + 32 <= (nuint)length; i += 32)
            {
                a = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref question, i), a);
                b = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i + 8), Vector256.LoadUnsafe(ref question, i + 8), b);
                c = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i + 16), Vector256.LoadUnsafe(ref question, i + 16), c);
                d = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i + 24), Vector256.LoadUnsafe(ref question, i + 24), d);
            }

            for (; i < (nuint)length; i += 8)
            {
                a = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref question, i), a);
            }

            products[p] = Vector256.Sum(a + b + (c + d));
        }
    }
}
