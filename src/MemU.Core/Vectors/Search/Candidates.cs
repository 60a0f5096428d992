using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// The numbers of the rows that scored best in a first pass: all that may be among the wanted ones for what rounding can have done. They are gathered without
/// order, and what has no chance is thrown out whenever there is no more room: that is cheaper than a heap, whose order nobody asks for. Where so many are left
/// that rounding tells too little, they are given up. Not thread-safe.
/// </summary>
internal sealed class Candidates
{
    private const int RoomAtFirst = 256;

    private readonly BestScores best = new();
    private float[] scores = [];
    private int[] numbers = [];
    private float margin;
    private int most;
    private int count;

    public int Capacity => scores.Length;

    /// <summary>A score below this has no chance.</summary>
    public float Floor { get; private set; }

    /// <summary>True when there were more than are worth keeping; none is kept then.</summary>
    public bool AreTooMany { get; private set; }

    /// <summary>Forgets everything, to be used again.</summary>
    /// <param name="wanted">How many rows are wanted in the end.</param>
    /// <param name="newMost">How many may be left.</param>
    /// <param name="newMargin">By how much a row may score less than the last that is wanted, and be a better one.</param>
    public void Clear(int wanted, int newMost, float newMargin)
    {
        (most, margin, count, Floor, AreTooMany) = (newMost, newMargin, 0, float.NegativeInfinity, false);
        best.Clear(wanted);
        if (scores.Length == 0)
        {
            (scores, numbers) = (new float[RoomAtFirst], new int[RoomAtFirst]);
        }
    }

    /// <summary>Takes in a row whose score is not below the floor.</summary>
    // Compiled at once, as the scans are that call it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(float score, int number)
    {
        if (count == scores.Length)
        {
            MakeRoom();
            if (AreTooMany)
            {
                return;
            }
        }

        (scores[count], numbers[count]) = (score, number);
        count++;
        if (score > best.Least)
        {
            best.Add(score);
            Floor = Math.Max(Floor, best.Least - margin);
        }
    }

    /// <summary>Takes in those of another part of the rows, and leaves none there.</summary>
    public void TakeIn(Candidates other)
    {
        if (other.AreTooMany)
        {
            GiveUp();
        }

        for (var i = 0; i < other.count && !AreTooMany; i++)
        {
            if (other.scores[i] >= Floor)
            {
                Add(other.scores[i], other.numbers[i]);
            }
        }

        other.count = 0;
    }

    /// <summary>The numbers of those that are left, in no order; none when they are too many.</summary>
    public ReadOnlySpan<int> Best()
    {
        ThrowOut();
        if (count > most)
        {
            GiveUp();
        }

        return numbers.AsSpan(0, count);
    }

    /// <summary>Throws out what has no chance any more, and grows where that is little.</summary>
    private void MakeRoom()
    {
        ThrowOut();
        if (count > most)
        {
            GiveUp();
        }
        else if (count > scores.Length / 2)
        {
            Array.Resize(ref scores, scores.Length * 2);
            Array.Resize(ref numbers, scores.Length);
        }
    }

    private void GiveUp() => (count, Floor, AreTooMany) = (0, float.PositiveInfinity, true);

    /// <summary>Forgets what lies below the floor, which has risen meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
}
