namespace MemU.Vectors;

/// <summary>The best scores of a stream, so many as are wanted, in a heap with the least on top. Not thread-safe.</summary>
internal sealed class BestScores
{
    private float[] heap = [];
    private int count;
    private int wanted;

    /// <summary>The least of them; negative infinity until there are as many as are wanted. A score must be above it to count.</summary>
    public float Least { get; private set; }

    /// <summary>Forgets everything, to be used again for so many.</summary>
    public void Clear(int newWanted)
    {
        (wanted, count, Least) = (newWanted, 0, float.NegativeInfinity);
        if (heap.Length < wanted)
        {
            heap = new float[wanted];
        }
    }

    /// <summary>Takes in a score above <see cref="Least"/>.</summary>
    public void Add(float score)
    {
        if (count < wanted)
        {
            var i = count++;
            for (var parent = (i - 1) / 2; i > 0 && score < heap[parent]; i = parent, parent = (i - 1) / 2)
            {
                heap[i] = heap[parent];
            }

            heap[i] = score;
        }
        else
        {
            var i = 0;
            for (var child = 1; child < count; child = (2 * i) + 1)
            {
                child += child + 1 < count && heap[child + 1] < heap[child] ? 1 : 0;
                if (heap[child] >= score)
                {
                    break;
                }

                heap[i] = heap[child];
                i = child;
            }

            heap[i] = score;
        }

        Least = count < wanted ? float.NegativeInfinity : heap[0];
    }
}
