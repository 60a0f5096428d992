using Spectre.Console;

namespace MemU.Cli.Output;

/// <summary>How things look.</summary>
internal static class Styles
{
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    public static Style Faint { get; } = new(foreground: Color.Grey);

    public static Style Warning { get; } = new(foreground: Color.Yellow);

    public static Style Error { get; } = new(foreground: Color.Red);

    public static Style Good { get; } = new(foreground: Color.Green);
}
