using System.Collections.Concurrent;
using MemU.Maintenance;

namespace MemU.Tests.Maintenance;

/// <summary>Keeps every report.</summary>
internal sealed class Recorder : IProgress<MaintenanceProgress>
{
    private readonly ConcurrentQueue<MaintenanceProgress> reports = new();

    public IReadOnlyCollection<MaintenanceProgress> Reports => reports;

    public void Report(MaintenanceProgress value) => reports.Enqueue(value);
}
