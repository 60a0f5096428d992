using System.Globalization;
using MemU.Settings;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace MemU.Models;

/// <summary>The one way in which calls to any provider are bounded, timed and repeated. The client libraries' own retries are off.</summary>
internal static class ModelResilience
{
    /// <summary>However long a provider asks to wait, no wait is longer.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Parallelism, then repetition, then the time of one attempt.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Build(LlmSettings settings, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        builder.AddConcurrencyLimiter(settings.MaxParallelism, queueLimit: int.MaxValue);
        if (settings.MaxRetries > 0)
        {
            builder.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = settings.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstWait,
                MaxDelay = MaxWait,
                DelayGenerator = arguments => ValueTask.FromResult(AskedWait(arguments.Outcome.Result, time)),
            });
        }

        return builder.AddTimeout(TimeSpan.FromSeconds(settings.TimeoutSeconds)).Build();
    }

    // Null: the usual backoff.
    private static TimeSpan? AskedWait(HttpResponseMessage? response, TimeProvider time)
    {
        if (response is null)
        {
            return null;
        }

        var wait = response.Headers.TryGetValues("retry-after-ms", out var values)
            && double.TryParse(values.FirstOrDefault(), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds) && double.IsFinite(milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, MaxWait.TotalMilliseconds))
            : response.Headers.RetryAfter is { } header ? header.Delta ?? (header.Date - time.GetUtcNow()) : null;
        return wait is { } w ? TimeSpan.FromTicks(Math.Clamp(w.Ticks, 0, MaxWait.Ticks)) : null;
    }
}
