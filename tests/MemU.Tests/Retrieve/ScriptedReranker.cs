using MemU.Retrieve;

namespace MemU.Tests.Retrieve;

/// <summary>A reranker with an opinion that the test has written down.</summary>
internal sealed class ScriptedReranker(Func<string, double> opinion) : IPassageReranker
{
    /// <summary>How often it was asked.</summary>
    public int Asked { get; private set; }

    public Task<IReadOnlyList<double>> ScoreAsync(string question, IReadOnlyList<string> passages, CancellationToken cancellationToken)
    {
        Asked++;
        return Task.FromResult<IReadOnlyList<double>>([.. passages.Select(opinion)]);
    }
}
