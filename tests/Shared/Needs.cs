namespace MemU.Testing;

/// <summary>
/// What a test needs and a machine may lack. What is missing skips the test with a message, and fails it where the environment variable
/// MEMU_REQUIRE (a list with commas: <c>data,ffmpeg,gcc,mcp,native,native-command,python</c>) names it.
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

    /// <summary>A C compiler, and somebody who asked for what takes minutes: a native program.</summary>
    public static void Native()
    {
        if (!IsRequired("native"))
        {
            Assert.Skip("To compile a native program takes minutes: MEMU_REQUIRE=native does it.");
        }

        Command("native", "gcc");
    }

    /// <summary>A C compiler, and somebody who asked for what takes more minutes: the command as a native program.</summary>
    public static void NativeCommand()
    {
        if (!IsRequired("native-command"))
        {
            Assert.Skip("To compile the command as a native program takes minutes: MEMU_REQUIRE=native-command does it.");
        }

        Command("native-command", "gcc");
    }

    private static string Command(string need, string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists)
        ?? Missing(need, $"{command} is not on the PATH.");

    private static string Missing(string need, string message)
    {
        if (IsRequired(need))
        {
            Assert.Fail($"{message} MEMU_REQUIRE says that it must be there.");
        }

        Assert.Skip(message);
        return message;
    }

    private static bool IsRequired(string need) =>
        (Environment.GetEnvironmentVariable("MEMU_REQUIRE") ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(need, StringComparer.OrdinalIgnoreCase);
}
