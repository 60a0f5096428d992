namespace MemU.Crash;

/// <summary>What shall happen to a process at one of its calls that change files.</summary>
/// <param name="Kind">One of the kinds of <c>faults.c</c>.</param>
/// <param name="At">The how-manieth of the calls that the kind can strike; 0 counts only.</param>
/// <param name="Stays">Whether all later calls fail too.</param>
internal sealed record Fault(string Kind, int At = 0, bool Stays = false)
{
    public bool Kills => Kind is "kill" or "tear";

    public override string ToString() => $"{Kind}{(Stays ? " from" : " at")} call {At}";

    /// <summary>The variables that tell the library so.</summary>
    public IEnumerable<(string Name, string Value)> Environment(string root, string log)
    {
        yield return ("LD_PRELOAD", FaultLibrary.Path);
        yield return ("MEMU_FAULT_ROOT", root);
        yield return ("MEMU_FAULT_KIND", Kind);
        yield return ("MEMU_FAULT_AT", $"{At}");
        yield return ("MEMU_FAULT_LOG", log);
        if (Stays)
        {
            yield return ("MEMU_FAULT_STAYS", "1");
        }
    }
}
