namespace MemU.Vectors;

/// <summary>The numbers of the rows that scored best in a first pass: a heap, worst on top. Not thread-safe.</summary>
internal sealed class Candidates
{
    private float[] scores = [];
    private int[] numbers = [];
    private int limit;

    public int Count { get; private set; }

    public int Capacity => scores.Length;

    /// <summary>A score must be above this to be kept.</summary>
    public float Floor { get; private set; }

    /// <summary>The numbers, in no order.</summary>
    public ReadOnlySpan<int> Numbers => numbers.AsSpan(0, Count);

    /// <summary>Forgets everything, to be used again.</summary>
    public void Clear(int newLimit)
    {
        limit = newLimit;
        Count = 0;
        Floor = float.NegativeInfinity;
        if (scores.Length < limit)
        {
            scores = new float[limit];
            numbers = new int[limit];
        }
    }

    /// <summary>Takes in a row whose score is above the floor.</summary>
    public void Add(float score, int number)
    {
        if (Count < limit)
        {
            var i = Count++;
            for (var parent = (i - 1) / 2; i > 0 && score < scores[parent]; i = parent, parent = (i - 1) / 2)
            {
                (scores[i], numbers[i]) = (scores[parent], numbers[parent]);
            }

            (scores[i], numbers[i]) = (score, number);
        }
        else
        {
            SiftDown(score, number);
        }

        Floor = Count < limit ? float.NegativeInfinity : scores[0];
    }

    private void SiftDown(float score, int number)
    {
        var i = 0;
        for (var child = 1; child < Count; child = (2 * i) + 1)
        {
            child += child + 1 < Count && scores[child + 1] < scores[child] ? 1 : 0;
            if (scores[child] >= score)
            {
                break;
            }

            (scores[i], numbers[i]) = (scores[child], numbers[child]);
            i = child;
        }

        (scores[i], numbers[i]) = (score, number);
    }
}
