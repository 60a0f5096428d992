namespace MemU.Retrieve;

/// <summary>
/// A second opinion on the passages that were found, for example a cross-encoder that runs on this machine. Asked only where
/// <see cref="RetrieveOptions.Rerank"/> is on, and for a bounded number of passages. Implementations are thread-safe.
/// </summary>
public interface IPassageReranker
{
    /// <summary>Says how well each passage answers the question.</summary>
    /// <returns>One finite number a passage, in their order; higher is better, any scale.</returns>
    Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken);
}
