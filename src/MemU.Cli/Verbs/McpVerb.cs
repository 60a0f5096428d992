using MemU.Cli.CommandLine;
using MemU.Server;
using MemU.Server.Mcp;
using Microsoft.Extensions.Logging;

namespace MemU.Cli.Verbs;

internal static class McpVerb
{
    public static Verb Create() =>
        new Verb(
            "mcp", "Serve one memory to an agent over the Model Context Protocol, on standard input and output.",
            "memu mcp --user alice --agent claude-code --data ~/.memu",
            "claude mcp add memory -- memu mcp --user alice --data ~/.memu")
        {
            Remarks =
                """
                The memory is that of --user, --agent and --tenant; what the agent says never chooses another. Several of these may run on one data folder.
                It ends when its input does. Nothing but the protocol is written to the standard output; log messages go to the standard error.
                """,
        }.Does(async call =>
        {
            var settings = call.Settings.Settings;
            _ = new MemoryScope(settings.UserId, settings.AgentId, settings.TenantId);
            await MemoryMcp.RunAsync(
                settings, call.Surroundings.Input, call.Surroundings.Output,
                l => ServerLogging.ToStandardError(l, call.Surroundings.ErrorIsTerminal, call.Get(SharedOptions.Verbose) ? LogLevel.Information : LogLevel.Warning), call.Cancel);
        });
}
