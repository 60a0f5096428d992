namespace MemU.Evals.Scoring;

/// <summary>How the extracted items cover the gold memories of a data set; shares 0 to 1, see <see cref="Coverage"/>.</summary>
internal sealed record MemoryPoints(int Count, double Covered, double TermsInBestItem, double TermsInAllItems);
