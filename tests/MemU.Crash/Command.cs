using System.Diagnostics;
using System.Text;
using MemU.Cli;

namespace MemU.Crash;

/// <summary>How a run of the command ended.</summary>
/// <param name="ExitCode">Its exit code; 137 when it was killed.</param>
/// <param name="Output">What it said.</param>
/// <param name="Error">What it complained about.</param>
/// <param name="Calls">Calls that the fault could strike, in order.</param>
/// <param name="Struck">Where it struck; null when it did not.</param>
internal sealed record Command(int ExitCode, string Output, string Error, IReadOnlyList<FileCall> Calls, FileCall? Struck)
{
    /// <summary>The exit code of a killed process.</summary>
    public const int Killed = 137;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs the real program, with a fault in its way.</summary>
    /// <param name="root">The folder below which calls count.</param>
    /// <param name="args">The command line.</param>
    /// <param name="fault">The fault; null for none.</param>
    /// <param name="program">Which program.</param>
    public static async Task<Command> RunAsync(string root, IEnumerable<string> args, Fault? fault, string program = "memu")
    {
        var log = root + ".calls";
        File.Delete(log);
        var start = ChildProcess.Start(program, args);
        start.RedirectStandardError = true;
        foreach (var (name, value) in fault?.Environment(root, log) ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', args)} did not end within {Patience} ({fault}).");
        }

        var lines = File.Exists(log) ? await File.ReadAllLinesAsync(log) : [];
        File.Delete(log);
        return new Command(
            process.ExitCode, await output, await error,
            [.. lines.Where(l => l.StartsWith("call ", StringComparison.Ordinal)).Select(FileCall.Of)],
            lines.FirstOrDefault(l => l.StartsWith("struck ", StringComparison.Ordinal)) is { } struck ? FileCall.Of(struck) : null);
    }

    /// <summary>Runs the entry of the program in this process: the same, but faster, and out of the reach of faults.</summary>
    public static async Task<Command> CallAsync(IEnumerable<string> args)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await MemUCli.MainAsync([.. args], new Surroundings { Input = Stream.Null, Output = output, Error = error });
        return new Command(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()), [], null);
    }

    public override string ToString() => $"exit code {ExitCode}{(Struck is null ? "" : $", struck at {Struck}")}\n{Output}{Error}";
}
