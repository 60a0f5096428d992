namespace MemU.Retrieve;

/// <summary>Picks the best of many scores.</summary>
internal static class TopScores
{
    /// <summary>The highest score; 0 when there is none above it.</summary>
    public static float Highest(ReadOnlySpan<float> scores)
    {
        var highest = 0f;
        foreach (var score in scores)
        {
            highest = Math.Max(highest, score);
        }

        return highest;
    }

    /// <summary>The numbers of the <paramref name="count"/> highest scores above 0, best first; equal scores in order of number.</summary>
    public static List<Scored<int>> Of(ReadOnlySpan<float> scores, int count)
    {
        var heap = new PriorityQueue<int, (float Score, int Tie)>();
        for (var i = 0; i < scores.Length; i++)
        {
            if (!(scores[i] > 0))
            {
                continue;
            }

            if (heap.Count < count)
            {
                heap.Enqueue(i, (scores[i], -i));
            }
            else if (heap.TryPeek(out _, out var worst) && scores[i] > worst.Score)
            {
                heap.EnqueueDequeue(i, (scores[i], -i));
            }
        }

        var best = new List<Scored<int>>(heap.Count);
        while (heap.TryDequeue(out var number, out var priority))
        {
            best.Add(new Scored<int>(number, priority.Score));
        }

        best.Reverse();
        return best;
    }
}
