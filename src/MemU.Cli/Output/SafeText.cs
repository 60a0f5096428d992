using System.Text;

namespace MemU.Cli.Output;

/// <summary>
/// Makes stored text harmless on a terminal: control characters and escape sequences become visible signs, and marks that
/// reorder what follows are taken out. Letters of any language, emoji and their joiners pass.
/// </summary>
internal static class SafeText
{
    /// <summary>Keeps line breaks; tabs become blanks.</summary>
    public static string Lines(string? text) => Clean((text ?? "").ReplaceLineEndings("\n"));

    /// <summary>One line: every run of white space becomes one blank.</summary>
    public static string Line(string? text)
    {
        var line = new StringBuilder();
        foreach (var part in Clean(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            line.Append(line.Length > 0 ? " " : "").Append(part);
        }

        return line.ToString();
    }

    /// <summary>One line of at most so many characters; what is cut off is marked.</summary>
    public static string Line(string? text, int most)
    {
        var line = Line(text);
        if (line.Length <= most)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[most - 1]) ? most - 1 : most;
        return line[..end] + "…";
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' or '\r' => clean.Append((char)rune.Value),
                '\t' => clean.Append("    "),
                < 0x20 => clean.Append((char)(0x2400 + rune.Value)),
                0x7F => clean.Append('\u2421'),
                >= 0x80 and <= 0x9F => clean.Append('\uFFFD'),
                0x2028 or 0x2029 => clean.Append('\n'),
                (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => clean,
                _ => clean.Append(rune.ToString()),
            };
        }

        return clean.ToString();
    }
}
