using System.Diagnostics;
using System.Text;

namespace MemU.Server.Tests;

/// <summary>
/// The program <c>memu</c> as it was built, in a process of its own and without the settings of whoever runs the tests. MEMU_TEST_COMMAND names another build of it, for example a native one.
/// </summary>
internal static class MemUProcess
{
    public static string Program { get; } = Environment.GetEnvironmentVariable("MEMU_TEST_COMMAND") ?? Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "memu.exe" : "memu");

    public static Process Start(string[] args)
    {
        var start = new ProcessStartInfo(Program, args)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
            StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(n => n.StartsWith("MEMU_", StringComparison.Ordinal) || n == "OPENAI_API_KEY").ToList())
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }
}
