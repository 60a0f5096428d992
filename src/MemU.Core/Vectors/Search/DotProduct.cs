using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MemU.Vectors;

/// <summary>
/// The dot product of a question and a row whose length is a multiple of <see cref="Step"/>. Four accumulators of 256 bits keep the two
/// multipliers of a core busy; wider registers were slower on the machines this was measured on.
/// </summary>
internal static class DotProduct
{
    /// <summary>Rows are padded with zeros to a multiple of this.</summary>
    public const int Step = 8;

    public static float Of(ReadOnlySpan<float> question, ReadOnlySpan<float> row) =>
        Fma.IsSupported && question.Length == row.Length && row.Length % Step == 0
            ? Fused(ref MemoryMarshal.GetReference(question), ref MemoryMarshal.GetReference(row), row.Length)
            : TensorPrimitives.Dot(question, row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fused(ref float question, ref float row, int length)
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        nuint i = 0;
        for (; i + (4 * Step) <= (nuint)length; i += 4 * Step)
        {
            a = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref question, i), a);
            b = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i + Step), Vector256.LoadUnsafe(ref question, i + Step), b);
            c = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i + (2 * Step)), Vector256.LoadUnsafe(ref question, i + (2 * Step)), c);
            d = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i + (3 * Step)), Vector256.LoadUnsafe(ref question, i + (3 * Step)), d);
        }

        for (; i < (nuint)length; i += Step)
        {
            a = Fma.MultiplyAdd(Vector256.LoadUnsafe(ref row, i), Vector256.LoadUnsafe(ref question, i), a);
        }

        return Vector256.Sum(a + b + (c + d));
    }
}
