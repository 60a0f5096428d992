namespace MemU.Server.Jobs;

/// <summary>There are as many jobs as may wait.</summary>
internal sealed class QueueFullException(int most) : Exception($"{most} jobs are waiting already, and no more are taken (server.max_queued_jobs). Try again later.");
