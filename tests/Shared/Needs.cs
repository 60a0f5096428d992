namespace MemU.Testing;

/// <summary>
/// What a test needs and a machine may lack. What is missing skips the test with a message, and fails it where the environment variable
/// MEMU_REQUIRE (a list with commas: <c>data,ffmpeg,gcc,mcp,python</c>) names it.
/// </summary>
internal static class Needs
{
    /// <summary>The path of a file or folder of the public evaluation data beside the working copy.</summary>
    public static string Data(string name)
    {
        var folder = Environment.GetEnvironmentVariable("MEMU_TEST_DATA") ?? Checkout.At("..", "shared", "data");
        var path = Path.GetFullPath(Path.Combine(folder, name));
        return Path.Exists(path) ? path : Missing("data", $"'{name}' is not in {Path.GetFullPath(folder)}.");
    }

    /// <summary>The path of ffmpeg.</summary>
    public static string Ffmpeg() => Command("ffmpeg", "ffmpeg");

    /// <summary>The path of a C compiler.</summary>
    public static string Gcc() => Command("gcc", "gcc");

    /// <summary>The path of Node.js.</summary>
    public static string Node() => Command("mcp", "node");

    /// <summary>A file of the official clients of the Model Context Protocol.</summary>
    public static string McpClients(params string[] parts)
    {
        var path = Checkout.At(["artifacts", "mcp-clients", "node_modules", .. parts]);
        return File.Exists(path) ? path : Missing("mcp", "the official clients are not installed: run tests/McpClients/install.");
    }

    /// <summary>The path of a Python 3 interpreter.</summary>
    public static string Python() => Command("python", "python3");

    /// <summary>The compiler for native programs, which is a package: publishing fetches it, and says so when it is not to be had.</summary>
    public static void NativeCompiler(string published)
    {
        if (published.Contains("ilcompiler", StringComparison.OrdinalIgnoreCase) && new[] { "NU1101", "NU1102", "NU1301" }.Any(published.Contains))
        {
            Missing("native", "The package Microsoft.DotNet.ILCompiler could not be fetched.");
        }
    }

    private static string Command(string need, string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists)
        ?? Missing(need, $"{command} is not on the PATH.");

    private static string Missing(string need, string message)
    {
        var required = (Environment.GetEnvironmentVariable("MEMU_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries);
        if (required.Contains(need, StringComparer.OrdinalIgnoreCase))
        {
            Assert.Fail($"{message} MEMU_REQUIRE says that it must be there.");
        }

        Assert.Skip(message);
        return message;
    }
}
