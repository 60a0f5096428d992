namespace MemU.Vectors;

/// <summary>
/// Keeps the best of a stream of scored ids in a heap of at most <c>limit</c> entries, worst on top; ties go to the smaller id, so the order in which
/// rows come does not matter. Not thread-safe.
/// </summary>
internal sealed class TopK(int limit)
{
    private static readonly Comparison<(float Score, string Id)> BestFirst = static (a, b) => IsWorse(b, a) ? -1 : IsWorse(a, b) ? 1 : 0;

    // The limit is the caller's and may be absurd; the heap grows with what is really offered.
    private readonly List<(float Score, string Id)> heap = new(Math.Min(limit, 128));
    private int limit = limit;

    /// <summary>For how many entries there is room already.</summary>
    public int Capacity => heap.Capacity;

    /// <summary>Forgets everything, to be used again.</summary>
    public void Clear(int newLimit)
    {
        heap.Clear();
        limit = newLimit;
    }

    /// <summary>A row whose score is below this has no chance.</summary>
    public float Floor => heap.Count < limit ? float.NegativeInfinity : heap[0].Score;

    /// <summary>True when a row with this score has a chance; a quick test before an id is made.</summary>
    public bool Wants(float score) => score >= Floor;

    /// <summary>Takes a row into account.</summary>
    public void Offer(string id, float score)
    {
        if (heap.Count < limit)
        {
            heap.Add((score, id));
            SiftUp(heap.Count - 1);
        }
        else if (IsWorse(heap[0], (score, id)))
        {
            heap[0] = (score, id);
            SiftDown();
        }
    }

    /// <summary>The best, in order. Nothing more may be offered before it is cleared.</summary>
    public IReadOnlyList<Scored<string>> ToList()
    {
        heap.Sort(BestFirst);
        var best = new Scored<string>[heap.Count];
        for (var i = 0; i < best.Length; i++)
        {
            best[i] = new Scored<string>(heap[i].Id, heap[i].Score);
        }

        return best;
    }

    private static bool IsWorse((float Score, string Id) a, (float Score, string Id) b) =>
        a.Score < b.Score || (a.Score == b.Score && string.CompareOrdinal(a.Id, b.Id) > 0);

    private void SiftUp(int i)
    {
        for (var parent = (i - 1) / 2; i > 0 && IsWorse(heap[i], heap[parent]); i = parent, parent = (i - 1) / 2)
        {
            (heap[i], heap[parent]) = (heap[parent], heap[i]);
        }
    }

    private void SiftDown()
    {
        for (var i = 0; ;)
        {
            var worst = i;
            for (var child = (2 * i) + 1; child <= (2 * i) + 2 && child < heap.Count; child++)
            {
                worst = IsWorse(heap[child], heap[worst]) ? child : worst;
            }

            if (worst == i)
            {
                return;
            }

            (heap[i], heap[worst]) = (heap[worst], heap[i]);
            i = worst;
        }
    }
}
