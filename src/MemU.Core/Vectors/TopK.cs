using System.Runtime.CompilerServices;

namespace MemU.Vectors;

/// <summary>
/// Keeps the best of a stream of scored ids in a heap of at most <c>limit</c> entries, worst on top; ties go to the smaller id, so the order in which
/// rows come does not matter. Not thread-safe.
/// </summary>
internal sealed class TopK(int limit)
{
    // The limit is the caller's and may be absurd; the heap grows with what is really offered.
    private float[] scores = new float[Math.Min(limit, 128)];
    private string[] ids = new string[Math.Min(limit, 128)];
    private int limit = limit;
    private int count;

    /// <summary>For how many entries there is room already.</summary>
    public int Capacity => scores.Length;

    /// <summary>Forgets everything, to be used again.</summary>
    public void Clear(int newLimit)
    {
        Array.Clear(ids, 0, count);
        (count, limit) = (0, newLimit);
    }

    /// <summary>A row whose score is below this has no chance.</summary>
    public float Floor => count < limit ? float.NegativeInfinity : scores[0];

    /// <summary>True when a row with this score has a chance; a quick test before an id is made.</summary>
    public bool Wants(float score) => score >= Floor;

    /// <summary>Takes a row into account.</summary>
    // Compiled at once, as the scans are that call it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Offer(string id, float score)
    {
        if (count < limit)
        {
            if (count == scores.Length)
            {
                var capacity = (int)Math.Min(limit, Math.Max(count * 2L, 4));
                Array.Resize(ref scores, capacity);
                Array.Resize(ref ids, capacity);
            }

            SiftUp(count++, id, score);
        }
        else if (IsWorse(scores[0], ids[0], score, id))
        {
            SiftDown(id, score);
        }
    }

    /// <summary>The best, in order; none of them is left here.</summary>
    public IReadOnlyList<Scored<string>> TakeAll()
    {
        var best = new Scored<string>[count];
        for (var i = count - 1; i >= 0; i--)
        {
            // The worst is on top; what was last takes its place.
            best[i] = new Scored<string>(ids[0], scores[0]);
            count = i;
            var (id, score) = (ids[i], scores[i]);
            ids[i] = null!;
            if (i > 0)
            {
                SiftDown(id, score);
            }
        }

        return best;
    }

    private static bool IsWorse(float score, string id, float otherScore, string otherId) =>
        score < otherScore || (score == otherScore && string.CompareOrdinal(id, otherId) > 0);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiftUp(int i, string id, float score)
    {
        for (var parent = (i - 1) / 2; i > 0 && IsWorse(score, id, scores[parent], ids[parent]); i = parent, parent = (i - 1) / 2)
        {
            (scores[i], ids[i]) = (scores[parent], ids[parent]);
        }

        (scores[i], ids[i]) = (score, id);
    }

    /// <summary>Puts an entry in the place of the one on top.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SiftDown(string id, float score)
    {
        var i = 0;
        for (var child = 1; child < count; child = (2 * i) + 1)
        {
            child += child + 1 < count && IsWorse(scores[child + 1], ids[child + 1], scores[child], ids[child]) ? 1 : 0;
            if (!IsWorse(scores[child], ids[child], score, id))
            {
                break;
            }

            (scores[i], ids[i]) = (scores[child], ids[child]);
            i = child;
        }

        (scores[i], ids[i]) = (score, id);
    }
}
