namespace MemU.Evals.Data;

/// <summary>A data set as it was read.</summary>
internal sealed record DataSet(IReadOnlyList<Talk> Talks)
{
    /// <summary>True when evidence is named by sitting, not by turn.</summary>
    public bool BySitting { get; init; }

    /// <summary>Questions of which no evidence names anything that exists; they are left out.</summary>
    public int QuestionsLeftOut { get; init; }

    /// <summary>Names of evidence that name nothing.</summary>
    public int EvidenceLeftOut { get; init; }

    /// <summary>Sittings whose date could not be read.</summary>
    public int SittingsWithoutDate { get; init; }

    /// <summary>SHA-256 over the files read, in order of their names.</summary>
    public required string Hash { get; init; }
}
