using System.Text;

namespace MemU.Retrieve;

/// <summary>Makes one line of a text.</summary>
internal static class SingleLine
{
    /// <summary>Breaks and control characters become blanks, so that no memory can look like a heading or another line.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var isBlank = char.IsWhiteSpace(c) || char.IsControl(c);
            if (!isBlank || (line.Length > 0 && line[^1] != ' '))
            {
                line.Append(isBlank ? ' ' : c);
            }
        }

        return line.ToString().TrimEnd();
    }
}
