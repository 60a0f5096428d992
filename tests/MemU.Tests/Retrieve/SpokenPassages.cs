using MemU.Retrieve;
using MemU.Retrieve.Evidence;

namespace MemU.Tests.Retrieve;

/// <summary>What was said, message by message, and what its index says of a question.</summary>
internal sealed class SpokenPassages
{
    private readonly List<Passage> passages = [];

    public IReadOnlyList<Passage> All => passages;

    public void Say(string? role, string text, DateTimeOffset? at = null, string resource = "r1", int segment = 0) => passages.Add(new Passage
    {
        Scope = new MemoryScope(), Id = $"p{passages.Count}", ResourceId = resource, Position = passages.Count, Start = 0, Role = role, Text = text, HappenedAt = at, Segment = segment,
    });

    public void Clear() => passages.Clear();

    /// <summary>The index of all, or of an earlier one and all.</summary>
    public PassageIndex Index(PassageIndex? previous = null)
    {
        var builder = new PassageIndexBuilder(previous);
        passages.ForEach(builder.Add);
        return builder.Build();
    }

    /// <summary>The value of a signal of one passage.</summary>
    public double SignalOf(int passage, Signal signal, string question)
    {
        using var arrays = new ScoreArrays();
        Span<double> values = stackalloc double[SignalWeights.Count];
        new EvidenceSignals(Index(), new Question(question), arrays).Read(passage, values);
        return values[(int)signal];
    }
}
