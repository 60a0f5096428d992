using System.Text.RegularExpressions;

namespace MemU.Resources;

/// <summary>
/// Reads a conversation in plain text: one message a line, <c>role: words</c>, optionally after a time in brackets. A line without a role goes on with the
/// message before it. The text of the source is the file's own text, so offsets count in the file.
/// </summary>
internal static partial class PlainConversation
{
    // Who speaks in these words, speaks in a chat; a single line of anybody else may be a heading.
    private static readonly HashSet<string> ChatRoles = new(["user", "assistant", "human", "system"], StringComparer.OrdinalIgnoreCase);

    public static ReadSource Read(string text)
    {
        var blocks = new List<SourceBlock>();
        foreach (var (start, length) in Lines(text))
        {
            var line = text.Substring(start, length);
            if (Turn().Match(line) is { Success: true } turn)
            {
                var words = turn.Groups["words"];
                blocks.Add(new SourceBlock(start + words.Index, words.Length)
                {
                    Role = turn.Groups["role"].Value.Trim(),
                    HappenedAt = turn.Groups["time"] is { Success: true } time ? MessageTime.Parse(time.Value) : null,
                });
            }
            else if (blocks.Count > 0 && blocks[^1].Role is not null)
            {
                blocks[^1] = blocks[^1] with { Length = start + length - blocks[^1].Start };
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                blocks.Add(new SourceBlock(start, length));
            }
        }

        return new ReadSource(text, [.. blocks.Select(b => Trim(text, b)).Where(b => b.Length > 0)], []);
    }

    /// <summary>True when most lines are turns and somebody speaks more than once, or two people speak; or it is one line of a chat's role.</summary>
    public static bool LooksLikeOne(string text)
    {
        int lines = 0, turns = 0;
        var speakers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (start, length) in Lines(text))
        {
            if (text.AsSpan(start, length).IsWhiteSpace())
            {
                continue;
            }

            lines++;
            if (Turn().Match(text.Substring(start, length)) is { Success: true } turn)
            {
                turns++;
                speakers.Add(turn.Groups["role"].Value.Trim());
            }
        }

        return lines == 1 && turns == 1 ? speakers.IsSubsetOf(ChatRoles)
            : turns >= 2 && turns * 2 >= lines && speakers.Count <= Math.Max(2, turns / 2);
    }

    private static IEnumerable<(int Start, int Length)> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var stop = end < 0 ? text.Length : end;
            yield return (start, stop - start);
            start = stop + 1;
        }
    }

    private static SourceBlock Trim(string text, SourceBlock block)
    {
        var words = text.AsSpan(block.Start, block.Length);
        var lead = words.Length - words.TrimStart().Length;
        return block with { Start = block.Start + lead, Length = words.Trim().Length };
    }

    [GeneratedRegex(@"^\s*(?:[\[(](?<time>[^\])]{4,40})[\])]\s*)?(?<role>\p{L}[^:：\n]{0,39}?)\s*[:：](?!//)\s*(?<words>.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Turn();
}
