using MemU.Server.Api;
using MemU.Server.Auth;
using MemU.Server.Ingest;
using MemU.Server.Web;

namespace MemU.Server.Jobs;

/// <summary>Accepts what is to be memorized later. What can be seen to be wrong is refused at once.</summary>
internal sealed class JobIntake(JobStore jobs, JobRunner runner, LocalFiles files, ServerOptions server, MemoryService memory)
{
    /// <exception cref="InvalidRequestException">The source or the idempotency key is wrong.</exception>
    /// <exception cref="QueueFullException">Too many are waiting.</exception>
    public async Task<Job> AddAsync(HttpContext context, MemoryScope scope, IncomingSource source, CancellationToken cancellationToken)
    {
        _ = source.ToRef(files);
        var job = await jobs.AddAsync(scope, source, ScopeBinding.CallerOf(context).Id, IdempotencyKey.Of(context), server.MaxQueuedJobs, memory.OpenSpace(scope).GetErasureMarkAsync, cancellationToken);
        runner.Wake();
        return job;
    }
}
