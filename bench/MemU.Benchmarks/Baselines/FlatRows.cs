using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MemU.Benchmarks.Data;

namespace MemU.Benchmarks.Baselines;

/// <summary>Rows one after the other in memory: what a search cannot do without, and the search that anybody would write first.</summary>
internal sealed unsafe class FlatRows : IDisposable
{
    private readonly int count;
    private readonly int dimension;
    private float* rows;

    public FlatRows(ClusteredVectors vectors, long first, int count)
    {
        this.count = count;
        dimension = vectors.Dimension;
        rows = (float*)NativeMemory.AlignedAlloc((nuint)count * (nuint)dimension * sizeof(float), 64);
        for (var i = 0; i < count; i++)
        {
            vectors.Fill(first + i, Row(i));
        }
    }

    /// <summary>How many there are.</summary>
    public int Count => count;

    /// <summary>The length of each.</summary>
    public int Dimension => dimension;

    /// <summary>The first number of the first row; valid until this is disposed.</summary>
    public float* First => rows;

    /// <summary>Reads every byte and does next to nothing with it: from memory laid out like this, in ordinary pages, no exact search can be faster.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float ReadLoop()
    {
        var (a, b, c, d) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        var end = rows + ((long)count * dimension);
        var at = rows;
        for (; at + 32 <= end; at += 32)
        {
            a += Vector256.Load(at);
            b += Vector256.Load(at + 8);
            c += Vector256.Load(at + 16);
            d += Vector256.Load(at + 24);
        }

        var sum = Vector256.Sum(a + b + c + d);
        for (; at < end; at++)
        {
            sum += *at;
        }

        return sum;
    }

    /// <summary>TensorPrimitives.Dot over the rows, the best kept in a sorted list. Numbers of the rows, best first.</summary>
    public int[] NaiveScan(ReadOnlySpan<float> question, int top)
    {
        Span<float> scores = stackalloc float[top];
        Span<int> best = stackalloc int[top];
        scores.Fill(float.NegativeInfinity);
        for (var i = 0; i < count; i++)
        {
            var score = TensorPrimitives.Dot(question, Row(i));
            if (score <= scores[top - 1])
            {
                continue;
            }

            var place = top - 1;
            for (; place > 0 && scores[place - 1] < score; place--)
            {
                scores[place] = scores[place - 1];
                best[place] = best[place - 1];
            }

            scores[place] = score;
            best[place] = i;
        }

        return best[..Math.Min(top, count)].ToArray();
    }

    /// <summary>
    /// How many of these rows are as near as the tenth nearest (or whichever is the last that was asked for), give or take a rounding of single precision,
    /// and how many there should be.
    /// </summary>
    public (int Found, int Wanted) Recall(ReadOnlySpan<float> question, int top, IEnumerable<long> numbers)
    {
        var truth = NaiveScan(question, top);
        var last = Score(question, truth[^1]) - 1e-6;
        var found = 0;
        foreach (var number in numbers)
        {
            found += Score(question, number) >= last ? 1 : 0;
        }

        return (found, truth.Length);
    }

    /// <summary>The product of a question and a row, in double precision.</summary>
    public double Score(ReadOnlySpan<float> question, long row)
    {
        var sum = 0.0;
        for (var d = 0; d < dimension; d++)
        {
            sum += (double)question[d] * rows[(row * dimension) + d];
        }

        return sum;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        NativeMemory.AlignedFree(rows);
        rows = null;
    }

    private Span<float> Row(int i) => new(rows + ((long)i * dimension), dimension);
}
