using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemU.Vectors;

/// <summary>Rows rounded to one byte a number, a quarter of the memory to read: enough to choose what is worth an exact comparison.</summary>
internal sealed class RoundedRows(int dimension, int capacity)
{
    private const int Most = sbyte.MaxValue;

    private readonly AlignedRows<sbyte> codes = new(StrideOf(dimension), capacity);
    private readonly float[] scales = new float[capacity];

    public long Bytes => codes.Bytes + ((long)scales.Length * sizeof(float));

    public static int StrideOf(int dimension) => (dimension + RoundedDot.Step - 1) / RoundedDot.Step * RoundedDot.Step;

    /// <summary>Rounds a vector, and returns what a code times gives a number of the vector.</summary>
    public static float Round(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        var greatest = Math.Abs(TensorPrimitives.MaxMagnitude(vector));
        codes[vector.Length..].Clear();
        if (greatest == 0)
        {
            codes.Clear();
            return 0;
        }

        var i = 0;
        var factor = Most / greatest;
        for (; i <= vector.Length - Vector256<sbyte>.Count; i += Vector256<sbyte>.Count)
        {
            var shorts = Vector256.Narrow(Whole(vector[i..], factor), Whole(vector[(i + 8)..], factor));
            var others = Vector256.Narrow(Whole(vector[(i + 16)..], factor), Whole(vector[(i + 24)..], factor));
            Vector256.Narrow(shorts, others).CopyTo(codes[i..]);
        }

        for (; i < vector.Length; i++)
        {
            codes[i] = (sbyte)MathF.Round(vector[i] * factor);
        }

        return greatest / Most;
    }

    /// <summary>Rounds a vector into a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="scale">The inverse of its length; not a number when it is too long or too short for single precision.</param>
    public void Write(int row, ReadOnlySpan<float> vector, float scale)
    {
        var target = codes[row];
        if (!float.IsNaN(scale))
        {
            scales[row] = Round(vector, target) * scale;
            return;
        }

        var normalised = new float[vector.Length];
        VectorLength.Normalise(vector, normalised);
        scales[row] = Round(normalised, target);
    }

    /// <summary>Copies a row.</summary>
    public void CopyTo(RoundedRows other, int row, int destination)
    {
        codes[row].CopyTo(other.codes[destination]);
        other.scales[destination] = scales[row];
    }

    /// <summary>Compares the first rows with a rounded question, and keeps the numbers of the most promising.</summary>
    // Compiled at once: a scan is long, and its first ones must not run as unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Search(ReadOnlySpan<sbyte> question, int count, int firstNumber, Candidates candidates)
    {
        var floor = candidates.Floor;
        for (var row = 0; row < count; row++)
        {
            var score = RoundedDot.Of(question, codes[row]) * scales[row];
            if (score > floor)
            {
                candidates.Add(score, firstNumber + row);
                floor = candidates.Floor;
            }
        }
    }

    private static Vector256<int> Whole(ReadOnlySpan<float> numbers, float factor) =>
        Vector256.ConvertToInt32(Vector256.Round(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(numbers)) * factor));
}
