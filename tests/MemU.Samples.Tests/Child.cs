using System.Diagnostics;
using MemU.Testing;

namespace MemU.Samples.Tests;

/// <summary>A program run to its end, with nothing on its standard input and no setting of the person who runs the tests.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record Child(int ExitCode, string Output, string Error)
{
    private static readonly string[] NotInherited = ["MEMU_", "OPENAI_", "ANTHROPIC_", "AZURE_OPENAI_", "MSBuild"];

    public static Task<Child> RunAsync(string program, IEnumerable<string> arguments, string? folder = null, params IEnumerable<(string Name, string Value)> settings) =>
        RunAsync(program, arguments, folder, TimeSpan.FromMinutes(4), settings);

    public static async Task<Child> RunAsync(
        string program, IEnumerable<string> arguments, string? folder, TimeSpan patience, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? Checkout.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => NotInherited.Any(p => k.StartsWith(p, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(name);
        }

        // A build node that outlives the build would keep our pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";

        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(patience);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new Child(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }
    }

    /// <summary>The standard output, if the program ended well.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}\n{Output}\n{Error}");
        return Output;
    }
}
