using System.Diagnostics;
using MemU.Testing;

namespace MemU.Crash;

/// <summary><c>faults.c</c>, compiled once a run.</summary>
internal static class FaultLibrary
{
    private static readonly Lazy<string> Compiled = new(Compile);

    /// <summary>The library; skips the test where it cannot be made.</summary>
    public static string Path
    {
        get
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "Faults are injected with LD_PRELOAD, which needs Linux.");
            Needs.Gcc();
            return Compiled.Value;
        }
    }

    private static string Compile()
    {
        var library = System.IO.Path.Combine(AppContext.BaseDirectory, $"faults-{Environment.ProcessId}.so");
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "faults.c");
        using var gcc = Process.Start(new ProcessStartInfo(Needs.Gcc(), ["-O1", "-shared", "-fPIC", "-o", library, source, "-ldl"]) { RedirectStandardError = true })!;
        var error = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(library);
        return gcc.ExitCode == 0 ? library : throw new InvalidOperationException($"faults.c cannot be compiled:\n{error}");
    }
}
