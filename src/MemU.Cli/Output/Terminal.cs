using Spectre.Console;

namespace MemU.Cli.Output;

/// <summary>Makes consoles: with colours and a width for a person, plain and unwrapped for a pipe or a file.</summary>
internal static class Terminal
{
    private const int Unwrapped = 100_000;

    public static IAnsiConsole Create(TextWriter writer, bool isTerminal, IReadOnlyDictionary<string, string> environment)
    {
        var plain = !isTerminal || environment.GetValueOrDefault("TERM") == "dumb";
        var coloured = !plain && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = coloured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(isTerminal ? writer : new LineEndTrimmer(writer)),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!isTerminal)
        {
            console.Profile.Width = Unwrapped;
        }

        return console;
    }
}
