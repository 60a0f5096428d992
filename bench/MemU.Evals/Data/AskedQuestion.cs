namespace MemU.Evals.Data;

/// <summary>A question and what answers it.</summary>
/// <param name="Text">The question.</param>
/// <param name="Category">The label that the data set gives it.</param>
/// <param name="Evidence">Ids of turns, or of sittings where the data set names only those.</param>
/// <param name="SittingsBefore">How many sittings were memorized when it is asked.</param>
/// <param name="AskedAt">When it is asked.</param>
internal sealed record AskedQuestion(
    string Text, string Category, IReadOnlySet<string> Evidence, int SittingsBefore, DateTimeOffset? AskedAt);
