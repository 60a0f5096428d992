using System.Diagnostics;
using System.Diagnostics.Metrics;
using MemU.Memorize;
using MemU.Reasoning;

namespace MemU.Server.Telemetry;

/// <summary>The numbers of the server. Their tags are verbs, states and statuses, never ids of users or words.</summary>
internal sealed class MemoryMeter : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "MemU.Server";

    private readonly Meter meter;
    private readonly Counter<long> modelCalls;
    private readonly Counter<long> modelTokens;
    private readonly Counter<long> jobs;
    private readonly Histogram<double> callSeconds;
    private readonly Histogram<double> stageSeconds;
    private readonly TimeProvider time;

    public MemoryMeter(TimeProvider time)
    {
        this.time = time;
        meter = new Meter(Name);
        callSeconds = meter.CreateHistogram<double>("memu.call.duration", "s", "How long calls of routes that need a key took, by verb and status.");
        stageSeconds = meter.CreateHistogram<double>("memu.memorize.stage.duration", "s", "How long each stage of a memorize took.");
        modelCalls = meter.CreateCounter<long>("memu.model.calls", "{call}", "Calls of models, by kind: chat or embedding.");
        modelTokens = meter.CreateCounter<long>("memu.model.tokens", "{token}", "Tokens of models, by kind: input, output or embedding.");
        jobs = meter.CreateCounter<long>("memu.jobs.ended", "{job}", "Jobs that ended, by state.");
        meter.CreateObservableGauge("memu.jobs.open", () => OpenJobs, "{job}", "Jobs that wait or are being worked on, when last counted.");
    }

    /// <summary>Activities of the jobs; those of requests come from ASP.NET Core.</summary>
    public ActivitySource Activities { get; } = new(Name);

    /// <summary>How many jobs were open when they were last counted.</summary>
    public int OpenJobs { get; set; }

    public void Called(string verb, int status, double seconds) =>
        callSeconds.Record(seconds, new KeyValuePair<string, object?>("verb", verb), new KeyValuePair<string, object?>("status", status));

    public void Ended(string state) => jobs.Add(1, new KeyValuePair<string, object?>("state", state));

    public void Used(ModelUsage usage)
    {
        Add(modelCalls, "chat", usage.Calls);
        Add(modelCalls, "embedding", usage.EmbeddingCalls);
        Add(modelTokens, "input", usage.InputTokens);
        Add(modelTokens, "output", usage.OutputTokens);
        Add(modelTokens, "embedding", usage.EmbeddingTokens);
    }

    /// <summary>Measures the stages of one memorize.</summary>
    public IProgress<MemorizeProgress> Stages() => new StageClock(stageSeconds, time);

    public void Dispose()
    {
        meter.Dispose();
        Activities.Dispose();
    }

    private static void Add(Counter<long> counter, string kind, long number)
    {
        if (number > 0)
        {
            counter.Add(number, new KeyValuePair<string, object?>("kind", kind));
        }
    }

    private sealed class StageClock(Histogram<double> seconds, TimeProvider time) : IProgress<MemorizeProgress>
    {
        private readonly Lock gate = new();
        private MemorizeStage? stage;
        private long start;

        public void Report(MemorizeProgress value)
        {
            lock (gate)
            {
                if (stage == value.Stage)
                {
                    return;
                }

                if (stage is { } before)
                {
                    seconds.Record(time.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("stage", before.ToString().ToLowerInvariant()));
                }

                stage = value.Stage;
                start = time.GetTimestamp();
            }
        }
    }
}
