using MemU.Maintenance;

namespace MemU.Contracts;

/// <summary>What a check found, in JSON.</summary>
/// <param name="Healthy">True when nothing is wrong.</param>
/// <param name="Findings">Worst first.</param>
/// <param name="Checks">What was looked at.</param>
public sealed record DoctorJson(bool Healthy, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Checks)
{
    /// <summary>From the model.</summary>
    public static DoctorJson From(DoctorReport r) => new(r.IsHealthy, r.Findings, r.Checks);
}
