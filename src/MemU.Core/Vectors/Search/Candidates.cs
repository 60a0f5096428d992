using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// The numbers of the rows that scored best in a first pass: those that may be among the wanted ones for all that rounding can have done, but at most a limit.
/// They are gathered without order, and what has no chance is thrown out whenever there is no more room: that is cheaper than a heap, whose order nobody asks
/// for. Not thread-safe.
/// </summary>
internal sealed class Candidates
{
    private readonly BestScores best = new();
    private float[] scores = [];
    private int[] numbers = [];
    private float margin;
    private int limit;
    private int count;

    public int Capacity => scores.Length;

    /// <summary>A score below this has no chance.</summary>
    public float Floor { get; private set; }

    /// <summary>Forgets everything, to be used again.</summary>
    /// <param name="wanted">How many rows are wanted in the end.</param>
    /// <param name="newLimit">How many numbers are kept at most.</param>
    /// <param name="newMargin">By how much a row may score less than the last that is wanted, and be a better one.</param>
    public void Clear(int wanted, int newLimit, float newMargin)
    {
        (limit, margin, count, Floor) = (newLimit, newMargin, 0, float.NegativeInfinity);
        best.Clear(wanted);
        if (scores.Length < limit * 2L)
        {
            scores = new float[limit * 2L];
            numbers = new int[limit * 2L];
        }
    }

    /// <summary>Takes in a row whose score is not below the floor.</summary>
    // Compiled at once, as the scans are that call it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(float score, int number)
    {
        (scores[count], numbers[count]) = (score, number);
        if (score > best.Least)
        {
            best.Add(score);
            Floor = Math.Max(Floor, best.Least - margin);
        }

        if (++count == limit * 2L)
        {
            Select();
        }
    }

    /// <summary>The numbers of the best, in no order.</summary>
    public ReadOnlySpan<int> Best()
    {
        ThrowOut();
        if (count > limit)
        {
            Select();
        }

        return numbers.AsSpan(0, count);
    }

    /// <summary>Forgets what lies below the floor, which has risen meanwhile.</summary>
    private void ThrowOut()
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            (scores[kept], numbers[kept]) = (scores[i], numbers[i]);
            kept += scores[i] >= Floor ? 1 : 0;
        }

        count = kept;
    }

    /// <summary>Brings the best to the front (Hoare's quickselect), and forgets the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Select()
    {
        var (low, high, last) = (0, count - 1, limit - 1);
        while (low < high)
        {
            var pivot = scores[(int)(((uint)low + (uint)high) / 2)];
            var (i, j) = (low, high);
            while (i <= j)
            {
                while (scores[i] > pivot)
                {
                    i++;
                }

                while (scores[j] < pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (scores[i], scores[j]) = (scores[j], scores[i]);
                    (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
                    i++;
                    j--;
                }
            }

            (low, high) = last <= j ? (low, j) : last >= i ? (i, high) : (last, last);
        }

        count = limit;
        Floor = Math.Max(Floor, scores[last]);
    }
}
