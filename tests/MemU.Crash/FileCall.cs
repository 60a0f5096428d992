namespace MemU.Crash;

/// <summary>A call that changes a file.</summary>
/// <param name="Kinds">The kinds of faults that could strike it.</param>
/// <param name="Name">The function.</param>
/// <param name="Path">The file.</param>
internal sealed record FileCall(IReadOnlyList<string> Kinds, string Name, string Path)
{
    /// <summary>Reads a line of the log that <c>faults.c</c> writes.</summary>
    public static FileCall Of(string line) => line.Split(' ', 4) is [_, var kinds, var name, var path]
        ? new FileCall(kinds.Split(',', StringSplitOptions.RemoveEmptyEntries), name, path)
        : throw new FormatException(line);

    /// <summary>
    /// Numbers of calls that a kind of fault shall strike, spread over the steps of what was done: calls of one function on one file in a row are one step.
    /// </summary>
    public static IReadOnlyList<int> Points(IReadOnlyList<FileCall> calls, string kind, int count, Random random)
    {
        List<(FileCall Call, int First, int Last)> steps = [];
        foreach (var (number, call) in calls.Where(c => c.Kinds.Contains(kind)).Select((c, i) => (i + 1, c)))
        {
            if (steps.Count > 0 && (steps[^1].Call.Name, steps[^1].Call.Path) == (call.Name, call.Path))
            {
                steps[^1] = steps[^1] with { Last = number };
            }
            else
            {
                steps.Add((call, number, number));
            }
        }

        Assert.True(steps.Count > 0, $"No call is made that '{kind}' could strike.");
        var order = steps.ToArray();
        random.Shuffle(order);
        return [.. Enumerable.Range(0, count).Select(i => order[i % order.Length]).Select(s => random.Next(s.First, s.Last + 1))];
    }

    public override string ToString() => $"{Name} {Path}";
}
