using MemU.Cli.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;
using MemU.Maintenance;
using MemU.Server;
using MemU.Server.Auth;

namespace MemU.Cli.Verbs;

/// <summary>What <c>memu delete --space</c> does: says what would go, and with a yes erases it for good.</summary>
internal static class SpaceErasure
{
    public static async Task<int> RunAsync(VerbCall call, bool allAgents, bool yes)
    {
        if (!call.NamesSpace)
        {
            throw new ArgumentException("Nothing was erased. Say whose memories: memu delete --space --user NAME [--agent NAME | --all-agents].");
        }

        var settings = call.Settings.Settings;
        var maintenance = call.Host.Maintenance;
        IReadOnlyList<MemoryScope> scopes = allAgents
            ? [.. (await maintenance.ListSpacesOfAsync(settings.UserId, settings.TenantId, call.Cancel)).Union(await WaitedForAsync(call))]
            : [call.Space.Scope];
        if (!yes)
        {
            var what = await DescribeAsync(call, scopes);
            if (!call.Output.CanAsk || !await call.Output.AskAsync($"Erase {what}, for good?", call.Cancel))
            {
                throw new ConfirmationException($"Nothing was erased. Add --yes to erase {what}, for good.");
            }
        }

        var receipt = await ProgressBar.MaintainAsync(call.Output, p => MemUServer.EraseAsync(settings, call.Host, scopes, p, call.Cancel));
        var keys = new ApiKeyStore(MemUServer.KeysFileOf(settings), TimeProvider.System).List().Where(k => k.User == settings.UserId && k.Tenant == settings.TenantId).Select(k => k.Id).ToList();
        var json = ErasureJson.From(receipt);
        call.Output.Result(new ErasedUserJson(json.ErasedAt, json.Spaces, keys), o => Show(o, receipt, keys.Count));
        return ExitCodes.Done;
    }

    /// <summary>The spaces of the user for which a server has accepted something that is not memorized yet.</summary>
    private static async Task<IEnumerable<MemoryScope>> WaitedForAsync(VerbCall call) =>
        (await MemUServer.ListSpacesWithJobsAsync(call.Settings.Settings, call.Cancel))
        .Where(s => s.User == call.Settings.Settings.UserId && s.Tenant == call.Settings.Settings.TenantId);

    private static async Task<string> DescribeAsync(VerbCall call, IReadOnlyList<MemoryScope> scopes)
    {
        long resources = 0, items = 0;
        foreach (var scope in scopes)
        {
            var statistics = await call.Host.OpenSpace(scope.User, scope.Agent, scope.Tenant).GetStatisticsAsync(call.Cancel);
            resources += statistics.Resources;
            items += statistics.Items;
        }

        var settings = call.Settings.Settings;
        var whose = scopes.Count == 1 ? scopes[0].ToString() : $"user '{settings.UserId}' with {Format.Count(scopes.Count, "agent")}";
        return $"{Format.Count(resources, "resource")} and {Format.Count(items, "memory", "memories")} of {SafeText.Line(whose)}";
    }

    private static void Show(CliOutput output, ErasureReceipt receipt, int keys)
    {
        PageView.Show(
            output, new Page<ErasedSpace>(receipt.Spaces, null), new Rows("RESOURCES", "PASSAGES", "MEMORIES", "CATEGORIES", "HISTORY", "VECTORS", "FILES", "SPACE"),
            s =>
            [
                Format.Number(s.Rows.Resources), Format.Number(s.Rows.Passages), Format.Number(s.Rows.Items), Format.Number(s.Rows.Categories),
                Format.Number(s.Rows.History), Format.Number(s.Vectors), Format.Number(s.Blobs), s.SpaceKey,
            ]);
        output.Line($"Erased for good at {receipt.ErasedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. `memu doctor --erased` searches the files for what should be gone.", Styles.Good);
        if (keys > 0)
        {
            output.Remark($"{Format.Count(keys, "API key")} of the server still name the user. To revoke and forget them: memu keys revoke --user NAME --forget");
        }

        output.Remark("Backups and exports that were made before still hold it.");
    }
}
