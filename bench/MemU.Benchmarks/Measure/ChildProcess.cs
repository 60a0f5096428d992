using System.Diagnostics;
using System.Globalization;
using MemU.Benchmarks.Scenarios;

namespace MemU.Benchmarks.Measure;

/// <summary>What is measured in a process of its own: resident memory, and starting with cold code. The answer is one line of numbers.</summary>
internal static class ChildProcess
{
    public const string Verb = "child";

    /// <summary>The child's own entry.</summary>
    public static async Task<int> MainAsync(string[] args)
    {
        var answer = args[0] switch
        {
            ResidentScenario.Child => await ResidentScenario.RunChildAsync(args[1..]),
            OpenScenario.Child => await FirstQuestion.RunAsync(args[1..]),
            _ => throw new ArgumentException($"No such child: {args[0]}."),
        };
        await Console.Out.WriteLineAsync(string.Join(' ', answer.Select(n => n.ToString("R", CultureInfo.InvariantCulture))));
        return 0;
    }

    /// <summary>Starts this program again and returns what it measured.</summary>
    public static Task<double[]> RunAsync(params string[] args) => RunAsync(program: null, args);

    /// <summary>Starts a program that understands the same words, or this one again, and returns what it measured.</summary>
    public static async Task<double[]> RunAsync(string? program, string[] args)
    {
        var start = new ProcessStartInfo(program ?? Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (program is null && Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        }

        foreach (var arg in (string[])[Verb, .. args])
        {
            start.ArgumentList.Add(arg);
        }

        using var child = Process.Start(start)!;
        var line = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();
        return child.ExitCode == 0
            ? [.. line.Trim().Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"A child process ended with exit code {child.ExitCode}; its error stands above.");
    }

    /// <summary>Resident bytes of this process now, after everything that can go is gone.</summary>
    public static long ResidentBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
