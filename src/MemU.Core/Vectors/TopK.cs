using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// Keeps the best of a stream of scored ids in a heap of at most <c>limit</c> entries, worst on top; ties go to the smaller id, so the order in which
/// rows come does not matter. Not thread-safe.
/// </summary>
/// <remarks>An id stays in its slot; what moves in the heap is its number, which the collector need not be told of.</remarks>
internal sealed class TopK(int limit)
{
    // The limit is the caller's and may be absurd; the heap grows with what is really offered.
    private float[] scores = new float[Math.Min(limit, 128)];
    private int[] slots = new int[Math.Min(limit, 128)];
    private VectorId[] ids = new VectorId[Math.Min(limit, 128)];
    private int limit = limit;
    private int count;

    /// <summary>For how many entries there is room already.</summary>
    public int Capacity => scores.Length;

    /// <summary>A row whose score is below this has no chance.</summary>
    public float Floor => count < limit ? float.NegativeInfinity : scores[0];

    /// <summary>Forgets everything, to be used again.</summary>
    public void Clear(int newLimit)
    {
        Array.Clear(ids, 0, count);
        (count, limit) = (0, newLimit);
    }

    /// <summary>True when a row with this score has a chance; a quick test before an id is made.</summary>
    public bool Wants(float score) => score >= Floor;

    /// <summary>Takes a row into account.</summary>
    // Compiled at once, as the scans are that call it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Offer(in VectorId id, float score)
    {
        if (count < limit)
        {
            if (count == scores.Length)
            {
                var capacity = (int)Math.Min(limit, Math.Max(count * 2L, 4));
                Array.Resize(ref scores, capacity);
                Array.Resize(ref slots, capacity);
                Array.Resize(ref ids, capacity);
            }

            ids[count] = id;
            SiftUp(score, count);
        }
        else if (score > scores[0] || (score == scores[0] && id.CompareTo(ids[slots[0]]) < 0))
        {
            ids[slots[0]] = id;
            SiftDown(score, slots[0]);
        }
    }

    /// <summary>Takes in the best of another stream, and leaves none there.</summary>
    public void TakeIn(TopK other)
    {
        for (var i = 0; i < other.count; i++)
        {
            Offer(other.ids[other.slots[i]], other.scores[i]);
        }

        other.Clear(1);
    }

    /// <summary>The best, in order; none of them is left here.</summary>
    public IReadOnlyList<Scored<string>> TakeAll()
    {
        var all = count;
        var best = new Scored<string>[all];
        while (count > 0)
        {
            // The worst is on top; what was last takes its place.
            best[--count] = new Scored<string>(ids[slots[0]].ToString(), scores[0]);
            SiftDown(scores[count], slots[count]);
        }

        Array.Clear(ids, 0, all);
        return best;
    }

    private bool IsWorse(float score, int slot, float otherScore, int otherSlot) =>
        score < otherScore || (score == otherScore && ids[slot].CompareTo(ids[otherSlot]) > 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiftUp(float score, int slot)
    {
        var i = count++;
        for (var parent = (i - 1) / 2; i > 0 && IsWorse(score, slot, scores[parent], slots[parent]); i = parent, parent = (i - 1) / 2)
        {
            (scores[i], slots[i]) = (scores[parent], slots[parent]);
        }

        (scores[i], slots[i]) = (score, slot);
    }

    /// <summary>Puts an entry in the place of the one on top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiftDown(float score, int slot)
    {
        var i = 0;
        for (var child = 1; child < count; child = (2 * i) + 1)
        {
            child += child + 1 < count && IsWorse(scores[child + 1], slots[child + 1], scores[child], slots[child]) ? 1 : 0;
            if (!IsWorse(scores[child], slots[child], score, slot))
            {
                break;
            }

            (scores[i], slots[i]) = (scores[child], slots[child]);
            i = child;
        }

        (scores[i], slots[i]) = (score, slot);
    }
}
