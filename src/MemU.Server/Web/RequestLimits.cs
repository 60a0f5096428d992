using System.Globalization;
using System.Threading.RateLimiting;
using MemU.Server.Auth;
using Microsoft.AspNetCore.RateLimiting;

namespace MemU.Server.Web;

/// <summary>How much one caller, and all of them together, may ask for at once.</summary>
internal static class RequestLimits
{
    public static void Configure(RateLimiterOptions limiter, ServerOptions server)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = static async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? Math.Max(1, (int)Math.Ceiling(left.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            await Problem.WriteAsync(rejected.HttpContext, 429, "too_many_requests", $"There are too many requests. Try again in {wait} s.");
        };
        var together = PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter("", _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = server.MaxConcurrentRequests, QueueLimit = server.MaxConcurrentRequests, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        }));
        limiter.GlobalLimiter = server.RequestsPerMinute == 0 ? together : PartitionedRateLimiter.CreateChained(together, OfCaller(server.RequestsPerMinute));
    }

    private static PartitionedRateLimiter<HttpContext> OfCaller(int perMinute) =>
        PartitionedRateLimiter.Create<HttpContext, string>(context => CallerIdentity.Of(context.User) is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter(caller.Id, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(perMinute < 60 ? 60.0 / perMinute : 1),
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter(""));
}
