namespace MemU.Benchmarks.Measure;

/// <summary>What <c>--help</c> says.</summary>
internal static class MeasureHelp
{
    public const string Program = """
        Benchmarks of MemU. Run them in Release, on a machine that does nothing else.

          measure [SCENARIO…] [options]   measure the goals of docs/performance.md; `measure --help` says more
          --filter PATTERN                micro benchmarks with BenchmarkDotNet, e.g. --filter '*Query*'
          --list flat                     names of the micro benchmarks

        dotnet run -c Release --project bench/MemU.Benchmarks -- measure query --json
        dotnet run -c Release --project bench/MemU.Benchmarks -- --filter '*'
        """;

    public static string Measure(IEnumerable<IScenario> scenarios) => $"""
        measure [SCENARIO…] [options]
          Measures MemU beside baselines that take turns with it in the same run, because a machine's speed changes from second to second: ratios count,
          milliseconds only orient. Without a name all scenarios run. Data is random, clustered, and the same for the same seed.

        Scenarios
        {string.Join('\n', scenarios.Select(s => $"  {s.Name,-9} {s.Description}"))}

        Options
          --sizes N,N           vectors; k and m may follow a number. Default 1k,10k,100k (1m takes minutes and needs 4 GB of memory)
          --dimensions N,N      numbers a vector. Default 384,1536
          --providers P,P       memory, sqlite, json. Default all; json then up to 10k only
          --rounds N            rounds of a series at most. Default 51
          --seconds S           seconds of a series at most, besides three rounds. Default 2
          --seed N              Default 1
          --folder DIR          where data folders are made and removed again. Default: the system's folder for temporary files
          --start PROGRAM       open: what asks a process's first question, bench/MemU.Benchmarks.Start as it was published. Default: this program
          --json                one JSON document a scenario, one line each, on stdout; progress goes to stderr
          --help

        Examples
          dotnet run -c Release --project bench/MemU.Benchmarks -- measure
          dotnet run -c Release --project bench/MemU.Benchmarks -- measure query spaces --sizes 10k,100k --dimensions 384 --json
          dotnet run -c Release --project bench/MemU.Benchmarks -- measure insert --providers sqlite --sizes 100k --json > insert.json
        """;
}
