using System.Collections.Concurrent;
using MemU.Contracts;
using MemU.Files;
using MemU.Memorize;
using MemU.Server.Ingest;
using MemU.Server.Telemetry;
using MemU.Server.Web;
using Microsoft.Extensions.Hosting;

namespace MemU.Server.Jobs;

/// <summary>
/// Works on the jobs of a data folder. Of all processes that serve the folder one does, the one that holds the lock file; when it dies the system drops the
/// lock, the next one takes it and puts back what was being worked on. Doing a memorize again does no harm: the same content adds nothing.
/// </summary>
internal sealed partial class JobRunner(
    JobStore jobs, MemoryService memory, LocalFiles files, ServerOptions server, MemoryMeter meter, TimeProvider time, ILogger<JobRunner> log) : BackgroundService
{
    private const int MostAttempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Keep = TimeSpan.FromDays(7);
    private readonly ConcurrentDictionary<string, Work> working = new();
    private readonly SemaphoreSlim added = new(0);

    /// <summary>Tells the runner that there is something to do now.</summary>
    public void Wake() => added.Release();

    /// <summary>What this process is doing for a job; null when it does nothing.</summary>
    public string? StageOf(string id) => working.TryGetValue(id, out var work) ? work.Stage : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var turn = await TakeTurnAsync(stoppingToken);
            await jobs.RecoverAsync(Keep, stoppingToken);
            await Task.WhenAll([WatchAsync(stoppingToken), .. Enumerable.Range(0, server.JobParallelism).Select(_ => WorkAsync(stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends; what was being worked on has been put back.
        }
    }

    private async Task<FileLock?> TakeTurnAsync(CancellationToken stopping)
    {
        if (server.JobsFile is not { } path)
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            if (await FileLock.TryTakeAsync(path + ".lock", TimeSpan.Zero, time, stopping) is { } taken)
            {
                return taken;
            }

            await Task.Delay(Pause, time, stopping);
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                if (await jobs.TakeAsync(stopping) is { } next)
                {
                    await RunAsync(next.Job, next.Source, stopping);
                    continue;
                }
            }
            catch (MemoryStoreException e)
            {
                NotUsable(e);
            }

            // Another process may have added something: look now and then.
            await added.WaitAsync(Pause, stopping);
        }
    }

    private async Task RunAsync(Job job, byte[] taken, CancellationToken stopping)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var work = working[job.Id] = new Work(cancel, meter.Stages());
        using var activity = meter.Activities.StartActivity("memorize job");
        activity?.SetTag("memu.job", job.Id);
        try
        {
            var source = await jobs.OpenAsync(job, taken, cancel.Token);
            var result = await memory.OpenSpace(job.Scope).MemorizeAcceptedAsync(source.ToRef(files), source.ToModality(), job.ErasureMark, work, cancel.Token);
            await jobs.CompleteAsync(job.Id, result.Outcome.ToString().ToLowerInvariant(), result.Resource.Id);
            meter.Used(result.Usage);
            meter.Ended("completed");
            Finished(job.Id, "completed", job.Attempts);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await (stopping.IsCancellationRequested ? jobs.PutBackAsync(job.Id, TimeSpan.Zero, counts: false) : jobs.CanceledAsync(job.Id));
            Finished(job.Id, stopping.IsCancellationRequested ? "put back" : "canceled", job.Attempts);
        }
        catch (Exception e) when (IsTransient(e) && job.Attempts < MostAttempts)
        {
            var wait = TimeSpan.FromSeconds(Math.Pow(4, job.Attempts - 1));
            await jobs.PutBackAsync(job.Id, wait, counts: true);
            TriedAgain(e, job.Id, job.Attempts, wait.TotalSeconds);
        }
        catch (Exception e)
        {
            await jobs.FailAsync(job.Id, ErrorOf(e));
            meter.Ended("failed");
            Failed(e, job.Id, job.Attempts);
        }
        finally
        {
            working.TryRemove(job.Id, out _);
        }
    }

    private async Task WatchAsync(CancellationToken stopping)
    {
        while (true)
        {
            await Task.Delay(Pause, time, stopping);
            try
            {
                meter.OpenJobs = await jobs.CountOpenAsync(stopping);
                foreach (var id in await jobs.CancelAskedAsync(stopping))
                {
                    if (working.TryGetValue(id, out var work))
                    {
                        work.Cancel();
                    }
                }
            }
            catch (MemoryStoreException e)
            {
                NotUsable(e);
            }
        }
    }

    private static bool IsTransient(Exception e) => e is ReasonerException { IsTransient: true } or MemoryStoreException { IsTransient: true } or IOException;

    private static ErrorBodyJson ErrorOf(Exception e) => e switch
    {
        InvalidRequestException wrong => new ErrorBodyJson("usage", wrong.Message),
        MemUException or ArgumentException => ErrorBodyJson.From(e),
        _ => new ErrorBodyJson("failed", "This was not foreseen; the server's log says more."),
    };

    [LoggerMessage(1, LogLevel.Information, "Job {Id}: {What} after {Attempts} attempts.")]
    private partial void Finished(string id, string what, int attempts);

    [LoggerMessage(2, LogLevel.Warning, "Job {Id}: attempt {Attempt} failed; the next one is in {Seconds} s.")]
    private partial void TriedAgain(Exception exception, string id, int attempt, double seconds);

    [LoggerMessage(3, LogLevel.Error, "Job {Id}: failed after {Attempts} attempts.")]
    private partial void Failed(Exception exception, string id, int attempts);

    [LoggerMessage(4, LogLevel.Error, "The jobs cannot be used; trying again.")]
    private partial void NotUsable(Exception exception);

    private sealed class Work(CancellationTokenSource cancel, IProgress<MemorizeProgress> clock) : IProgress<MemorizeProgress>
    {
        public string Stage { get; private set; } = "fetch";

        public void Report(MemorizeProgress value)
        {
            Stage = value.Stage.ToString().ToLowerInvariant();
            clock.Report(value);
        }

        public void Cancel()
        {
            try
            {
                cancel.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has ended meanwhile.
            }
        }
    }
}
