using System.Diagnostics;

namespace MemU.Crash;

/// <summary>How programs beside the tests are started: without the settings of whoever runs the tests.</summary>
internal static class ChildProcess
{
    public static ProcessStartInfo Start(string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MEMU_", StringComparison.Ordinal) || n == "OPENAI_API_KEY").ToList())
        {
            start.Environment.Remove(name);
        }

        // Starting takes most of the time of these tests.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
