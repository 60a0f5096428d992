using System.CommandLine;
using System.CommandLine.Help;
using MemU.Cli.CommandLine;
using MemU.Cli.Verbs;
using MemU.Contracts;

namespace MemU.Cli;

/// <summary>The command <c>memu</c>.</summary>
internal static class MemUCli
{
    /// <summary>Runs one command line; returns 0 done, 1 failed, 2 wrong use, 130 cancelled.</summary>
    public static async Task<int> MainAsync(string[] args, Surroundings? surroundings = null, CancellationToken cancellationToken = default)
    {
        using var interruption = surroundings is null ? new Interruption() : null;
        surroundings ??= Surroundings.OfProcess();
        return await RunAsync(
            args, surroundings with { Input = new InterruptibleStream(surroundings.Input) }, interruption?.Token ?? cancellationToken);
    }

    private static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var parse = Root().Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0 || WrongUse.MissingValue(parse, args) is not null)
        {
            return WrongUse.Report(parse, args, surroundings);
        }

        return parse is { Action: null, CommandResult.Command: Verb verb }
            ? await VerbRunner.RunAsync(verb, parse, surroundings, cancellationToken)
            : await PrintAsync(parse, surroundings, cancellationToken);
    }

    /// <summary>The command line with all its verbs.</summary>
    internal static RootCommand Root()
    {
        var root = new RootCommand("Memory for AI agents: memorize conversations and documents, retrieve what answers a question.");
        foreach (var option in SharedOptions.All)
        {
            root.Options.Add(option);
        }

        Verb[] verbs =
        [
            QuickstartVerb.Create(), MemorizeVerb.Create(), RetrieveVerb.Create(), ListVerb.Create(), ShowVerb.Create(), DeleteVerb.Create(),
            MigrateVerb.Create(), BackupVerb.Create(), RestoreVerb.Create(), ResetVerb.Create(), ExportVerb.Create(), ImportVerb.Create(),
            ReindexVerb.Create(), MasterKeyVerb.Create(), DoctorVerb.Create(), StatsVerb.Create(), ServeVerb.Create(), McpVerb.Create(), KeysVerb.Create(), ConfigVerb.Create(),
            CompletionVerb.Create(),
        ];
        foreach (var verb in verbs)
        {
            root.Subcommands.Add(verb);
        }

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        return root;
    }

    // Help, version and completion: what System.CommandLine answers by itself.
    private static async Task<int> PrintAsync(ParseResult parse, Surroundings surroundings, CancellationToken cancellationToken)
    {
        using var output = new Output.CliOutput(surroundings, json: false, quiet: false);
        try
        {
            var code = await parse.InvokeAsync(
                new InvocationConfiguration { Output = output.Text, Error = output.ErrorText, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                cancellationToken);
            output.Text.Flush();
            return code;
        }
        catch (IOException e)
        {
            output.Error(ErrorBodyJson.From(e));
            return ExitCodes.Failed;
        }
    }
}
