using MemU.Evals.Data;

namespace MemU.Evals.Tuning;

/// <summary>A question with the values of every signal for the passages that may matter: the best by the present weights, and the evidence.</summary>
/// <param name="Talk">The number of its conversation.</param>
/// <param name="Asked">The question.</param>
/// <param name="Ids">Ids of the passages.</param>
/// <param name="Values">Their signals, one row a passage.</param>
/// <param name="Evidence">Which rows are evidence.</param>
internal sealed record TuningQuestion(int Talk, AskedQuestion Asked, string[] Ids, double[][] Values, int[] Evidence);
