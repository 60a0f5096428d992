using MemU.Evals.Data;
using MemU.Retrieve.Evidence;

namespace MemU.Evals.Tuning;

/// <summary>A question with what words and vectors say of the passages that may matter.</summary>
/// <param name="Talk">The number of its conversation.</param>
/// <param name="Asked">The question.</param>
/// <param name="Ids">Ids of the passages.</param>
/// <param name="Words">Their scores by words and place, of the best.</param>
/// <param name="Meaning">What vectors say of them.</param>
internal sealed record MeaningQuestion(int Talk, AskedQuestion Asked, string[] Ids, float[] Words, MeaningValues[] Meaning)
{
    /// <summary>Ids of the passages whose vectors are nearest to the question's.</summary>
    public required string[] AsAsked { get; init; }

    /// <summary>The same for the question without the names of speakers.</summary>
    public required string[] Nameless { get; init; }
}
