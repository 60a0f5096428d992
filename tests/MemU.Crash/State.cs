namespace MemU.Crash;

/// <summary>What a folder holds, and what its check complains about.</summary>
internal sealed record State(IReadOnlyList<string> Lines, IReadOnlyList<Finding> Complaints)
{
    public IReadOnlyList<string> Codes => [.. Complaints.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The check comes first: it must see what the next user finds, before anything is mended.</summary>
    public static async Task<State> OfAsync(Scene scene)
    {
        await using var house = scene.Open();
        var complaints = await house.ComplaintsAsync();
        return new State(await house.DumpAsync(), complaints);
    }

    public bool Says(State other) => Lines.SequenceEqual(other.Lines);

    public string DifferenceTo(State other) =>
        string.Join('\n', Lines.Except(other.Lines).Select(l => "+ " + l).Concat(other.Lines.Except(Lines).Select(l => "- " + l)).Take(20));

    public override string ToString() => string.Join('\n', Complaints.Select(f => $"{f.Severity} {f.Code}: {f.Message} {f.Remedy}"));
}
