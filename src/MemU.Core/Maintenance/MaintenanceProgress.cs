namespace MemU.Maintenance;

/// <summary>How far a maintenance verb is.</summary>
/// <param name="Step">What it is doing.</param>
/// <param name="Done">Units done (rows or bytes).</param>
/// <param name="Total">Units in all; 0 when unknown.</param>
public sealed record MaintenanceProgress(string Step, long Done, long Total = 0);
