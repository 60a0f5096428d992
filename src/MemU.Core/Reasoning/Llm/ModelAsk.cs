namespace MemU.Reasoning.Llm;

/// <summary>What a task asks of a model.</summary>
/// <param name="Task">Its name.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Read">Takes the answer apart; null when it holds nothing to go by.</param>
internal sealed record ModelAsk<T>(string Task, Prompt Prompt, Func<TolerantAnswer, DropTally, T?> Read)
    where T : class
{
    /// <summary>Makes something of an answer in plain prose; null where only JSON will do.</summary>
    public Func<string, T?>? ReadProse { get; init; }
}
