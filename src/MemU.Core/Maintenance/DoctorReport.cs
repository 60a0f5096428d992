namespace MemU.Maintenance;

/// <summary>What a check found.</summary>
/// <param name="Findings">Worst first; empty when all is well.</param>
/// <param name="Checks">What was looked at, in plain words with counts.</param>
public sealed record DoctorReport(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Checks)
{
    /// <summary>True when nothing is wrong; mere information does not count.</summary>
    public bool IsHealthy => Findings.All(f => f.Severity == FindingSeverity.Info);
}
