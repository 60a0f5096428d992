using System.Diagnostics;
using System.Text;

namespace MemU.Cli.Tests;

/// <summary>Runs the command: the real program in a process of its own, or its entry in this one.</summary>
internal static class MemUCommand
{
    // Another build of the program, for example a native one.
    private static readonly string? other = Environment.GetEnvironmentVariable("MEMU_TEST_COMMAND");

    /// <summary>The program as it was built, or the build that MEMU_TEST_COMMAND names.</summary>
    public static string Program { get; } = other ?? Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "memu.exe" : "memu");

    public static Task<CommandResult> RunAsync(params string[] args) => RunAsync(args, input: null);

    /// <summary>Runs the program in a process of its own.</summary>
    public static async Task<CommandResult> RunAsync(
        string[] args, string? input, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        using var process = Start(args, environment, folder);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            if (input is not null)
            {
                await process.StandardInput.WriteAsync(input);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading its input; what it said tells why.
        }

        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the program and leaves it running.</summary>
    public static Process Start(string[] args, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(Program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MEMU_", StringComparison.Ordinal) || n == "OPENAI_API_KEY").ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs the entry of the program in this process: faster, and the same but for the process around it. Another build can only be run in its own.</summary>
    public static Task<CommandResult> CallAsync(params string[] args) => CallAsync(args, input: "");

    public static Task<CommandResult> CallAsync(string[] args, string input, IReadOnlyDictionary<string, string>? environment = null) =>
        other is not null ? RunAsync(args, input, environment) : CallAsync(args, new MemoryStream(Encoding.UTF8.GetBytes(input)), CancellationToken.None, environment);

    public static async Task<CommandResult> CallAsync(
        string[] args, Stream input, CancellationToken cancel, IReadOnlyDictionary<string, string>? environment = null, bool onTerminal = false)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var exitCode = await MemUCli.MainAsync(args, new Surroundings
        {
            Input = input,
            OutputIsTerminal = onTerminal,
            ErrorIsTerminal = onTerminal,
            Output = output,
            Error = error,
            Environment = environment ?? new Dictionary<string, string>(),
        }, cancel);
        return new CommandResult(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }
}
