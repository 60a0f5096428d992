namespace MemU.Reasoning;

/// <summary>Collects what a flow's model calls cost and what had to be dropped from their answers. Thread-safe.</summary>
public sealed class ReasoningLog
{
    private readonly Lock gate = new();
    private readonly List<string> notes = [];
    private ModelUsage usage = new();

    /// <summary>What has been used so far.</summary>
    public ModelUsage Usage
    {
        get
        {
            lock (gate)
            {
                return usage;
            }
        }
    }

    /// <summary>What was dropped or worked around, in plain words without a user's text.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (gate)
            {
                return [.. notes];
            }
        }
    }

    /// <summary>Counts one chat, vision or transcription call.</summary>
    public void AddCall(long inputTokens, long outputTokens, TimeSpan elapsed)
    {
        lock (gate)
        {
            usage = usage with
            {
                Calls = usage.Calls + 1,
                InputTokens = usage.InputTokens + inputTokens,
                OutputTokens = usage.OutputTokens + outputTokens,
                ModelTime = usage.ModelTime + elapsed,
            };
        }
    }

    /// <summary>Counts one embedding request.</summary>
    public void AddEmbedding(long tokens, TimeSpan elapsed)
    {
        lock (gate)
        {
            usage = usage with
            {
                EmbeddingCalls = usage.EmbeddingCalls + 1,
                EmbeddingTokens = usage.EmbeddingTokens + tokens,
                ModelTime = usage.ModelTime + elapsed,
            };
        }
    }

    /// <summary>Notes something that the caller should know; the same note is kept once.</summary>
    public void Note(string note)
    {
        lock (gate)
        {
            if (!notes.Contains(note))
            {
                notes.Add(note);
            }
        }
    }
}
