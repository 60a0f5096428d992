using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MemU.Vectors;

/// <summary>The Euclidean length of vectors.</summary>
internal static class VectorLength
{
    // Outside of these bounds a sum of squares in single precision has overflowed or lost most of its digits.
    private const double Smallest = 1e-16;
    private const double Greatest = 1e18;

    /// <summary>The length, in double precision where single precision would not do.</summary>
    public static double Of(ReadOnlySpan<float> vector)
    {
        var length = MathF.Sqrt(Squares(vector));
        return IsOrdinary(length) ? length : Exact(vector);
    }

    /// <summary>True when products with a vector of this length can be summed in single precision.</summary>
    public static bool IsOrdinary(double length) => length is > Smallest and < Greatest;

    /// <summary>True when no number is infinite or not a number.</summary>
    public static bool IsFinite(ReadOnlySpan<float> vector)
    {
        // A finite number less itself is zero, any other is not a number.
        var (sum, i) = (Vector256<float>.Zero, 0);
        for (; i <= vector.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            var numbers = Vector256.Create(vector[i..]);
            sum += numbers - numbers;
        }

        var finite = Vector256.EqualsAll(sum, Vector256<float>.Zero);
        for (; finite && i < vector.Length; i++)
        {
            finite = float.IsFinite(vector[i]);
        }

        return finite;
    }

    /// <summary>Writes the vector divided by its length; zeros stay zeros. What is left of the destination is zeroed.</summary>
    public static void Normalise(ReadOnlySpan<float> vector, Span<float> destination)
    {
        destination.Clear();
        var length = Of(vector);
        if (IsOrdinary(length))
        {
            Multiply(vector, (float)(1 / length), destination);
            return;
        }

        for (var i = 0; length > 0 && i < vector.Length; i++)
        {
            destination[i] = (float)(vector[i] / length);
        }
    }

    // Compiled at once: every vector of a space passes here at the first question, while what is generic still runs unoptimised.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Squares(ReadOnlySpan<float> vector)
    {
        var (even, odd, i) = (Vector256<float>.Zero, Vector256<float>.Zero, 0);
        for (; i <= vector.Length - (2 * Vector256<float>.Count); i += 2 * Vector256<float>.Count)
        {
            var (one, two) = (Vector256.Create(vector[i..]), Vector256.Create(vector[(i + Vector256<float>.Count)..]));
            even += one * one;
            odd += two * two;
        }

        var sum = Vector256.Sum(even + odd);
        for (; i < vector.Length; i++)
        {
            sum += vector[i] * vector[i];
        }

        return sum;
    }

    // What TensorPrimitives would do, in code that the runtime has compiled in a twentieth of the time: a process's first question waits for it.
    private static void Multiply(ReadOnlySpan<float> vector, float factor, Span<float> destination)
    {
        var i = 0;
        for (; i <= vector.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            (Vector256.Create(vector[i..]) * factor).CopyTo(destination[i..]);
        }

        for (; i < vector.Length; i++)
        {
            destination[i] = vector[i] * factor;
        }
    }

    private static double Exact(ReadOnlySpan<float> vector)
    {
        var sum = 0.0;
        foreach (var x in vector)
        {
            sum += (double)x * x;
        }

        return Math.Sqrt(sum);
    }
}
