using System.Diagnostics;
using System.Globalization;

namespace MemU.Benchmarks.Baselines;

/// <summary>Python's own json module, where a Python is on the PATH.</summary>
internal static class PythonJson
{
    private const string Load = """
        import json, sys, time
        with open(sys.argv[1]) as f:
            start = time.perf_counter(); data = json.load(f); print((time.perf_counter() - start) * 1000)
        """;

    private const string LoadAndDump = """
        import json, sys, time
        with open(sys.argv[1]) as f:
            data = json.load(f)
        start = time.perf_counter()
        with open(sys.argv[2], "w") as f:
            json.dump(data, f, indent=2)
        print((time.perf_counter() - start) * 1000)
        """;

    /// <summary>Milliseconds of json.load, or null when there is no Python.</summary>
    public static Task<double?> LoadAsync(string path) => RunAsync(Load, path);

    /// <summary>Milliseconds of json.dump with an indent of two, as the Python code calls it, or null when there is no Python.</summary>
    public static Task<double?> DumpAsync(string path, string to) => RunAsync(LoadAndDump, path, to);

    private static async Task<double?> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, ArgumentList = { "-c", program } };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process? python;
        try
        {
            python = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using (python)
        {
            var answer = await python!.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            return python.ExitCode == 0 ? double.Parse(answer, CultureInfo.InvariantCulture) : null;
        }
    }
}
