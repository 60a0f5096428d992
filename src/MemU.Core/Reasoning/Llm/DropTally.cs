namespace MemU.Reasoning.Llm;

/// <summary>Counts what had to be dropped from one answer, by reason, and reports it. Reasons name fields, never content.</summary>
internal sealed class DropTally(string task)
{
    private readonly SortedDictionary<string, int> dropped = new(StringComparer.Ordinal);
    private readonly List<string> remarks = [];

    /// <summary>Counts one dropped thing: <c>"entry without 'content'"</c>.</summary>
    public void Drop(string what, int count = 1)
    {
        if (count > 0)
        {
            dropped[what] = dropped.GetValueOrDefault(what) + count;
        }
    }

    /// <summary>Says what was worked around.</summary>
    public void Remark(string what) => remarks.Add(what);

    public void ReportTo(ReasoningLog log)
    {
        foreach (var remark in remarks)
        {
            log.Note($"{task}: {remark}.");
        }

        foreach (var (what, count) in dropped)
        {
            log.Note($"{task}: dropped {count} × {what}.");
        }
    }
}
