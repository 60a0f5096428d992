namespace MemU.Evals.Scoring;

/// <summary>Means over questions, 0 to 1.</summary>
internal sealed record Figures(int Questions, IReadOnlyDictionary<string, double> Recall, IReadOnlyDictionary<string, double> Hit, double Mrr, double Ndcg10);
