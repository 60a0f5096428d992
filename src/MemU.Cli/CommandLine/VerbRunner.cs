using System.CommandLine;
using MemU.Cli.Output;
using MemU.Contracts;

namespace MemU.Cli.CommandLine;

/// <summary>Runs a verb and turns what goes wrong into one or two lines and an exit code.</summary>
internal static class VerbRunner
{
    public static async Task<int> RunAsync(Verb verb, ParseResult parse, Surroundings surroundings, CancellationToken cancel)
    {
        using var output = new CliOutput(surroundings, parse.GetValue(SharedOptions.Json), parse.GetValue(SharedOptions.Quiet));
        await using var call = new VerbCall(parse, surroundings, output, cancel);
        try
        {
            return await verb.Run(call);
        }
        catch (Exception e)
        {
            return Report(e, call);
        }
    }

    private static int Report(Exception e, VerbCall call)
    {
        var output = call.Output;
        if (call.Surroundings.IsDebugging())
        {
            output.ErrorText.WriteLine(e);
        }

        switch (e)
        {
            case OperationCanceledException when call.Cancel.IsCancellationRequested:
                output.Error(new ErrorBodyJson("cancelled", "Cancelled. What was not finished was not stored."));
                return ExitCodes.Cancelled;
            case ConfirmationException or DataPresentException:
                output.Error(new ErrorBodyJson("confirmation_needed", e.Message));
                return ExitCodes.WrongUse;
            case ArgumentException:
                output.Error(ErrorBodyJson.From(e));
                return ExitCodes.WrongUse;
            case MemoryNotFoundException:
                output.Error(ErrorBodyJson.From(e), $"Looked in the memory of {SafeText.Line(call.Space.Scope.ToString())}: check --user, --agent and --data.");
                return ExitCodes.Failed;
            case MemUException or IOException or UnauthorizedAccessException:
                output.Error(ErrorBodyJson.From(e));
                return ExitCodes.Failed;
            default:
                output.Error(
                    new ErrorBodyJson("failed", $"{e.GetType().Name}: {e.Message}"),
                    "This was not foreseen. Set MEMU_DEBUG=1 to see where it happened.");
                return ExitCodes.Failed;
        }
    }
}
