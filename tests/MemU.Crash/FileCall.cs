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

    public override string ToString() => $"{Name} {Path}";
}
