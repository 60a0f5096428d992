using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MemU.Vectors;

/// <summary>Rows rounded to one byte a number, a quarter of the memory to read: enough to choose what is worth an exact comparison.</summary>
/// <param name="room">Room for the rows, of <see cref="StrideOf"/> bytes each.</param>
/// <param name="capacity">How many.</param>
internal sealed class RoundedRows(AlignedRows<byte> room, int capacity)
{
    // A zero is stored as this, see RoundedDot.
    private const int Zero = 128;
    private const int Most = 127;

    private readonly AlignedRows<byte> codes = room;
    private readonly float[] scales = new float[capacity];

    /// <summary>What one of the whole numbers stands for, at most, in a row of length 1.</summary>
    public float GreatestStep { get; private set; }

    public long Bytes => codes.Bytes + ((long)scales.Length * sizeof(float));

    public static int StrideOf(int dimension) => (dimension + RoundedDot.Step - 1) / RoundedDot.Step * RoundedDot.Step;

    /// <summary>Rounds a question, and returns what one of its whole numbers stands for; that does not matter to the order of the rows.</summary>
    public static float RoundQuestion(ReadOnlySpan<float> question, Span<sbyte> rounded)
    {
        rounded[question.Length..].Clear();
        return Round(question, RoundedDot.MostInQuestion, rounded);
    }

    /// <summary>Rounds a vector into a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="scale">The inverse of its length; not a number when it is too long or too short for single precision.</param>
    public void Write(int row, ReadOnlySpan<float> vector, float scale)
    {
        var target = MemoryMarshal.Cast<byte, sbyte>(codes[row]);
        target[vector.Length..].Clear();
        if (!float.IsNaN(scale))
        {
            scales[row] = Round(vector, Most, target) * scale;
        }
        else
        {
            var normalised = new float[vector.Length];
            VectorLength.Normalise(vector, normalised);
            scales[row] = Round(normalised, Most, target);
        }

        GreatestStep = Math.Max(GreatestStep, scales[row]);
        TakeSigns(codes[row]);
    }

    /// <summary>Copies a row.</summary>
    public void CopyTo(RoundedRows other, int row, int destination)
    {
        codes[row].CopyTo(other.codes[destination]);
        other.scales[destination] = scales[row];
        other.GreatestStep = Math.Max(other.GreatestStep, scales[row]);
    }

    /// <summary>Compares the first rows with a rounded question, and keeps the numbers of the most promising.</summary>
    /// <param name="question">The question.</param>
    /// <param name="sum">The sum of its numbers.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="firstNumber">The number of the first of them.</param>
    /// <param name="candidates">Keeps them.</param>
    // Compiled at once: a scan is long, and its first ones must not run as unoptimised code.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Search(ReadOnlySpan<sbyte> question, int sum, int count, int firstNumber, Candidates candidates)
    {
        Span<int> products = stackalloc int[ScoreScan.Block];
        Span<float> scores = stackalloc float[ScoreScan.Block];
        for (var first = 0; first < count; first += ScoreScan.Block)
        {
            var rows = Math.Min(ScoreScan.Block, count - first);
            RoundedDot.OfRows(question, codes[first, rows], products[..rows]);
            Scale(products[..rows], Zero * sum, scales.AsSpan(first, rows), scores);
            var some = scores[..rows];
            for (var row = ScoreScan.Next(some, 0, candidates.Floor); row < rows; row = ScoreScan.Next(some, row + 1, candidates.Floor))
            {
                candidates.Add(some[row], firstNumber + first + row);
            }
        }
    }

    /// <summary>What the products would be with rows that have a sign, times the scales of the rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scale(ReadOnlySpan<int> products, int excess, ReadOnlySpan<float> scales, Span<float> scores)
    {
        var i = 0;
        for (; i + Vector256<int>.Count <= products.Length; i += Vector256<int>.Count)
        {
            (Vector256.ConvertToSingle(Vector256.Create(products[i..]) - Vector256.Create(excess)) * Vector256.Create(scales[i..])).CopyTo(scores[i..]);
        }

        for (; i < products.Length; i++)
        {
            scores[i] = (products[i] - excess) * scales[i];
        }
    }

    /// <summary>Rounds to whole numbers of at most so much, and returns what one of them stands for.</summary>
    // Compiled at once, like the scans: a space of thousands is rounded at its first question.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Round(ReadOnlySpan<float> vector, int most, Span<sbyte> rounded)
    {
        var greatest = Greatest(vector);
        if (greatest == 0)
        {
            rounded.Clear();
            return 0;
        }

        var i = 0;
        var factor = most / greatest;
        for (; i <= vector.Length - Vector256<sbyte>.Count; i += Vector256<sbyte>.Count)
        {
            var shorts = Vector256.Narrow(Whole(vector[i..], factor), Whole(vector[(i + 8)..], factor));
            var others = Vector256.Narrow(Whole(vector[(i + 16)..], factor), Whole(vector[(i + 24)..], factor));
            Vector256.Narrow(shorts, others).CopyTo(rounded[i..]);
        }

        for (; i < vector.Length; i++)
        {
            rounded[i] = (sbyte)MathF.Round(vector[i] * factor);
        }

        return greatest / most;
    }

    // Finite numbers within what a byte holds: nothing has to be checked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Whole(ReadOnlySpan<float> numbers, float factor) =>
        Vector256.ConvertToInt32Native(Vector256.Round(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(numbers)) * factor));

    /// <summary>Stores numbers without a sign. A row is a whole number of steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeSigns(Span<byte> row)
    {
        for (var i = 0; i < row.Length; i += Vector256<byte>.Count)
        {
            (Vector256.Create(row[i..]) ^ Vector256.Create((byte)Zero)).CopyTo(row[i..]);
        }
    }

    /// <summary>The greatest magnitude of finite numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Greatest(ReadOnlySpan<float> vector)
    {
        var (most, i) = (Vector256<float>.Zero, 0);
        for (; i <= vector.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            most = Vector256.MaxNative(most, Vector256.Abs(Vector256.Create(vector[i..])));
        }

        var greatest = 0f;
        for (var lane = 0; lane < Vector256<float>.Count; lane++)
        {
            greatest = Math.Max(greatest, most[lane]);
        }

        for (; i < vector.Length; i++)
        {
            greatest = Math.Max(greatest, Math.Abs(vector[i]));
        }

        return greatest;
    }
}
