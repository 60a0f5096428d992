using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using MemU.Benchmarks.Measure;

namespace MemU.Benchmarks;

internal static class Program
{
    /// <summary><c>measure</c> measures the goals; anything else goes to BenchmarkDotNet.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is [] or ["--help"] or ["-h"] or ["-?"])
        {
            await Console.Out.WriteLineAsync(MeasureHelp.Program);
            return args.Length == 0 ? 2 : 0;
        }

        switch (args[0])
        {
            case "measure":
                return await MeasureCommand.RunAsync(args[1..]);
            case ChildProcess.Verb:
                return await ChildProcess.MainAsync(args[1..]);
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.WithArtifactsPath(Path.Combine("artifacts", "benchmarks")));
                return 0;
        }
    }
}
