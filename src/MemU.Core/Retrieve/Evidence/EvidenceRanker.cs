namespace MemU.Retrieve.Evidence;

/// <summary>Scores every passage of a space for a question by its words and its place: the sum of its <see cref="EvidenceSignals"/>.</summary>
internal static class EvidenceRanker
{
    /// <summary>One score a passage, finite, 0 where nothing fits.</summary>
    public static float[] Score(PassageIndex index, Question question)
    {
        using var arrays = new ScoreArrays();
        return Score(index, new EvidenceSignals(index, question, arrays));
    }

    /// <summary>One score a passage, finite, 0 where nothing fits.</summary>
    public static float[] Score(PassageIndex index, EvidenceSignals signals)
    {
        var scores = new float[index.Count];
        Score(signals, scores);
        return scores;
    }

    /// <summary>Writes one score a passage, finite, 0 where nothing fits.</summary>
    public static void Score(EvidenceSignals signals, Span<float> scores)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = signals.Score(i);
        }
    }
}
