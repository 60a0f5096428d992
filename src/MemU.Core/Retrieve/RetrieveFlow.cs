using MemU.Commit;
using MemU.Reasoning;
using Microsoft.Extensions.Logging;

namespace MemU.Retrieve;

/// <summary>
/// From a question to memories: plan, then tier by tier search and judge, then the evidence. Thread-safe; keeps nothing between runs but the
/// index of words.
/// </summary>
internal sealed partial class RetrieveFlow(
    SpaceWriter writer, SpaceTextIndexCache texts, IMemoryReasoner reasoner, TierSearch tiers, EvidenceSearch evidence, ContextPacker packer, RetrieveOptions defaults,
    TimeProvider time, ILogger<RetrieveFlow> log)
{
    public async Task<RetrieveResult> RunAsync(
        MemoryScope scope, IReadOnlyList<ContextMessage> messages, RetrieveOptions? options, CancellationToken cancellationToken)
    {
        using var run = Retrieval.Start(scope, messages, options ?? defaults, time.GetUtcNow());
        if (!await writer.TryDeliverOwedAsync(scope, cancellationToken))
        {
            run.Warn("The vector index cannot be written: the latest memories are found by their words only. Run 'memu doctor'.");
        }

        if (!await IsNeededAsync(run, cancellationToken))
        {
            return run.ToResult(reasoner.Name, needed: false);
        }

        var space = await texts.GetAsync(scope, cancellationToken);
        var order = run.Options.Tiers.Distinct().ToList();
        foreach (var tier in order)
        {
            await tiers.SearchAsync(run, space, tier, cancellationToken);
            run.Trace($"search {Name(tier)}", $"{Found(run, tier).Count} found");
            if (tier != order[^1] && await IsEnoughAsync(run, tier, cancellationToken))
            {
                break;
            }
        }

        run.Evidence = await evidence.SearchAsync(run, space, cancellationToken);
        run.Trace("evidence", $"{run.Evidence.Count} found");
        if (run.Options.Explain)
        {
            run.ExplainQuery(space);
        }

        if (run.Options.MaxTokens is { } budget)
        {
            run.Packed = await packer.PackAsync(run, space, budget, cancellationToken);
        }

        Retrieved(reasoner.Name, run.Categories.Count, run.Items.Count, run.Resources.Count, run.Evidence.Count);
        return run.ToResult(reasoner.Name, needed: true);
    }

    private async Task<bool> IsNeededAsync(Retrieval run, CancellationToken cancellationToken)
    {
        if (!run.Options.Plan)
        {
            run.Trace("plan", "skipped");
            return true;
        }

        var plan = await reasoner.PlanAsync(run.Scope, new PlanRequest(run.Question, run.Context) { MaxParts = run.Options.SubQueries }, run.Log, cancellationToken);
        if (!plan.NeedsRetrieval)
        {
            run.Trace("plan", "not needed", plan.Reason);
            return false;
        }

        // Without context there is nothing from which a question could be completed.
        if (run.Context.Count > 0 && !string.IsNullOrWhiteSpace(plan.Query))
        {
            run.Resolved = run.Query = plan.Query;
        }

        // Each once, and not the question over again.
        run.SubQueries =
            [.. plan.Parts.Where(p => !string.IsNullOrWhiteSpace(p)).Except([run.Question, run.Query], StringComparer.OrdinalIgnoreCase).Take(run.Options.SubQueries)];
        run.Trace("plan", run.Query == run.Question ? "needed" : "needed, rewritten", plan.Reason);
        return true;
    }

    private async Task<bool> IsEnoughAsync(Retrieval run, MemoryTier tier, CancellationToken cancellationToken)
    {
        var found = Found(run, tier);
        if (!run.Options.Judge || found.Count == 0)
        {
            run.Trace($"judge {Name(tier)}", "skipped", run.Options.Judge ? "nothing found" : null);
            return false;
        }

        var verdict = await reasoner.JudgeAsync(run.Scope, new JudgeRequest(tier, run.Query, run.Context, found), run.Log, cancellationToken);
        if (!verdict.IsEnough && !string.IsNullOrWhiteSpace(verdict.NextQuery))
        {
            run.Query = verdict.NextQuery;
        }

        run.NextQuery = verdict.IsEnough ? null : run.Query;
        run.Trace($"judge {Name(tier)}", verdict.IsEnough ? "enough" : "go on", verdict.Reason);
        return verdict.IsEnough;
    }

    /// <summary>The texts found in a tier, best first.</summary>
    private static IReadOnlyList<string> Found(Retrieval run, MemoryTier tier) => tier switch
    {
        MemoryTier.Categories => [.. run.Categories.Select(c => $"{c.Value.Name}: {c.Value.Summary ?? c.Value.Description}")],
        MemoryTier.Items => [.. run.Items.Select(i => i.Value.Summary)],
        _ => [.. run.Resources.Select(r => r.Value.Caption ?? r.Value.Url)],
    };

    private static string Name(MemoryTier tier) => tier.ToString().ToLowerInvariant();

    [LoggerMessage(1, LogLevel.Debug, "Retrieved ({Engine}): {Categories} categories, {Items} items, {Resources} resources, {Evidence} passages.")]
    private partial void Retrieved(string engine, int categories, int items, int resources, int evidence);
}
