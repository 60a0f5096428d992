using System.Buffers;

namespace MemU.Retrieve;

/// <summary>
/// Room for the scores of one question, lent by the pool of the process and given back with the answer: a space of 100,000 passages takes some megabytes, and
/// an array of that size which is made anew for each question makes the collector walk everything that lives. Not thread-safe.
/// </summary>
/// <remarks>What an array held before, perhaps of another space, is cleared where it is lent out, and nobody looks beyond what was asked for.</remarks>
internal sealed class ScoreArrays : IDisposable
{
    private readonly List<float[]> scores = [];
    private readonly List<ushort[]> counts = [];

    /// <summary>An array of at least so many zeros; what comes after them is anything.</summary>
    public float[] Scores(int count) => Lend(ArrayPool<float>.Shared, scores, count);

    /// <summary>An array of at least so many zeros; what comes after them is anything.</summary>
    public ushort[] Counts(int count) => Lend(ArrayPool<ushort>.Shared, counts, count);

    /// <summary>Gives everything back; nobody may use it any longer.</summary>
    public void Dispose()
    {
        TakeBack(ArrayPool<float>.Shared, scores);
        TakeBack(ArrayPool<ushort>.Shared, counts);
    }

    private static T[] Lend<T>(ArrayPool<T> pool, List<T[]> lent, int count)
    {
        var array = pool.Rent(count);
        array.AsSpan(0, count).Clear();
        lent.Add(array);
        return array;
    }

    private static void TakeBack<T>(ArrayPool<T> pool, List<T[]> lent)
    {
        foreach (var array in lent)
        {
            pool.Return(array);
        }

        // An array given back twice would be lent to two at once.
        lent.Clear();
    }
}
