using System.Text;

namespace MemU.Tests.Architecture;

/// <summary>C# without its comments and without the inside of its strings, line by line as before.</summary>
internal static class CodeText
{
    public static string Strip(string source)
    {
        var code = new StringBuilder(source.Length);
        var i = 0;
        while (i < source.Length)
        {
            var end = source[i] switch
            {
                '/' when At(source, i, "//") => EndOfLine(source, i),
                '/' when At(source, i, "/*") => After(source, i + 2, "*/"),
                '"' => EndOfString(source, i),
                '\'' => EndOfCharacter(source, i),
                _ => i,
            };
            if (end == i)
            {
                code.Append(source[i++]);
                continue;
            }

            code.Append('\n', source.AsSpan(i, end - i).Count('\n'));
            i = end;
        }

        return code.ToString();
    }

    private static int EndOfString(string s, int i)
    {
        var quotes = s.AsSpan(i).IndexOfAnyExcept('"') is var n and >= 0 ? n : s.Length - i;
        if (quotes >= 3)
        {
            return After(s, i + quotes, new string('"', quotes));
        }

        var verbatim = i > 0 && (s[i - 1] == '@' || (s[i - 1] == '$' && i > 1 && s[i - 2] == '@'));
        for (i++; i < s.Length; i++)
        {
            if (s[i] == '"' && !(verbatim && At(s, i, "\"\"")))
            {
                return i + 1;
            }

            if (s[i] == (verbatim ? '"' : '\\'))
            {
                i++;
            }
        }

        return s.Length;
    }

    private static int EndOfCharacter(string s, int i)
    {
        i += s[i + 1] == '\\' ? 3 : 2;
        return After(s, i, "'");
    }

    private static int EndOfLine(string s, int i) => s.IndexOf('\n', i) is var n and >= 0 ? n : s.Length;

    private static int After(string s, int i, string mark) => s.IndexOf(mark, i, StringComparison.Ordinal) is var n and >= 0 ? n + mark.Length : s.Length;

    private static bool At(string s, int i, string mark) => string.CompareOrdinal(s, i, mark, 0, mark.Length) == 0;
}
