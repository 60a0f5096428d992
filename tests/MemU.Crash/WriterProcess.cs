using System.Diagnostics;
using System.Globalization;

namespace MemU.Crash;

/// <summary>A writer in a process of its own.</summary>
internal sealed class WriterProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private WriterProcess(Process process, string name)
    {
        this.process = process;
        Ledger = new Ledger(name);
        errors = process.StandardError.ReadToEndAsync();
    }

    public Ledger Ledger { get; }

    /// <param name="data">The data folder.</param>
    /// <param name="vectors"><c>json</c> or <c>sqlite</c>.</param>
    /// <param name="user">Into whose space it writes.</param>
    /// <param name="name">How its stories begin.</param>
    /// <param name="seed">What decides what it does.</param>
    /// <param name="rounds">How many things it does; -1: until it is killed.</param>
    /// <param name="fault">What happens to it; null for nothing.</param>
    public static WriterProcess Start(string data, string vectors, string user, string name, int seed, int rounds, Fault? fault = null)
    {
        var start = ChildProcess.Start(
            "MemU.Crash.Child",
            [data, vectors, user, name, seed.ToString(CultureInfo.InvariantCulture), rounds.ToString(CultureInfo.InvariantCulture)]);
        start.RedirectStandardError = true;
        foreach (var (variable, value) in fault?.Environment(data, "/dev/null") ?? [])
        {
            start.Environment[variable] = value;
        }

        return new WriterProcess(Process.Start(start)!, name);
    }

    /// <summary>The next line that it says, taken down; null at its end.</summary>
    public async Task<string?> NextAsync(CancellationToken cancellationToken)
    {
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken);
        if (line is not null)
        {
            Ledger.Take(line);
        }

        return line;
    }

    /// <summary>Kills it and takes down what it had still said.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await EndAsync(cancellationToken);
    }

    /// <summary>Waits for its end; returns what it complained about.</summary>
    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is not null)
        {
        }

        await process.WaitForExitAsync(cancellationToken);
        return await errors;
    }

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => process.ExitCode;

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
