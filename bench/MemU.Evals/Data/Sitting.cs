namespace MemU.Evals.Data;

/// <summary>What was said in one go, and when; null when the data set's date cannot be read.</summary>
internal sealed record Sitting(string Id, DateTimeOffset? Time, IReadOnlyList<Turn> Turns)
{
    /// <summary>What a model or a person with the whole talk in view would remember of it; not shown to the memory.</summary>
    public IReadOnlyList<string> GoldMemories { get; init; } = [];
}
