namespace MemU.Vectors;

/// <summary>What one thread needs while it compares rows with a question. Not thread-safe.</summary>
internal sealed class ScanRoom
{
    private const int MostHits = 1 << 14;

    /// <summary>The best so far.</summary>
    public TopK Best { get; } = new(1);

    /// <summary>Room for the scores of rows that are looked through together.</summary>
    public float[] Scores { get; } = new float[ScoreScan.Most];

    /// <summary>Finds a bound among them.</summary>
    public BestScores Bound { get; } = new();

    /// <summary>What a first pass leaves.</summary>
    public Candidates Candidates { get; } = new();

    /// <summary>False when an absurd question has made it large.</summary>
    public bool IsSmall => Best.Capacity <= MostHits && Candidates.Capacity <= MostHits;

    /// <summary>Takes in what another thread found of the same question, and leaves nothing there.</summary>
    public void Take(ScanRoom other)
    {
        Best.TakeIn(other.Best);
        Candidates.TakeIn(other.Candidates);
    }
}
