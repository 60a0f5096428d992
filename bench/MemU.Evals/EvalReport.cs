using MemU.Evals.Scoring;

namespace MemU.Evals;

/// <summary>What a run measured.</summary>
internal sealed record EvalReport(string DataSha256, int Conversations, int Turns, int QuestionsLeftOut, int EvidenceLeftOut, int SessionsWithoutDate)
{
    /// <summary>What is ranked: a turn or a session.</summary>
    public required string Unit { get; init; }

    public required IReadOnlyList<CategoryFigures> Categories { get; init; }

    public required IReadOnlyList<TalkFigures> Talks { get; init; }

    /// <summary>The same questions in other ways; empty unless asked for.</summary>
    public required IReadOnlyList<VariantFigures> Variants { get; init; }

    /// <summary>Of a question, in milliseconds.</summary>
    public required Latency Latency { get; init; }

    public required double MemorizeMicrosecondsPerTurn { get; init; }

    public required double IndexMicrosecondsPerTurn { get; init; }

    /// <summary>Null where the data set has no gold memories.</summary>
    public MemoryPoints? MemoryPoints { get; init; }
}
