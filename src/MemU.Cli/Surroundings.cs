using System.Collections;
using System.Text;

namespace MemU.Cli;

/// <summary>What a command sees of the world outside: streams, terminal and environment. Tests bring their own.</summary>
internal sealed record Surroundings
{
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required Stream Error { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>True when a person types the input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>True when a person reads the output.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>True when a person reads the messages.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>How this program is called, for examples that can be pasted.</summary>
    public string CommandName { get; init; } = "memu";

    /// <summary>Whether stack traces are wanted.</summary>
    public bool IsDebugging() => Environment.GetValueOrDefault("MEMU_DEBUG") is "1" or "true";

    /// <summary>The real ones of this process.</summary>
    public static Surroundings OfProcess()
    {
        var environment = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        if (OperatingSystem.IsWindows() && !(Console.IsOutputRedirected && Console.IsErrorRedirected))
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new Surroundings
        {
            Input = Console.OpenStandardInput(),
            Output = Console.OpenStandardOutput(),
            Error = Console.OpenStandardError(),
            Environment = environment,
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            CommandName = CommandLineName(AppContext.BaseDirectory),
        };
    }

    // Run from its own source tree there is no `memu` on the path yet.
    private static string CommandLineName(string baseDirectory)
    {
        for (var folder = new DirectoryInfo(baseDirectory); folder is not null; folder = folder.Parent)
        {
            var project = Path.Combine(folder.FullName, "src", "MemU.Cli");
            if (File.Exists(Path.Combine(project, "MemU.Cli.csproj")))
            {
                return $"dotnet run --project {Path.GetRelativePath(Directory.GetCurrentDirectory(), project)} --";
            }
        }

        return "memu";
    }
}
