namespace MemU.Resources;

/// <summary>
/// Splits a document into paragraphs. A heading stays with what follows it; a paragraph that is too long is cut at a line, a sentence, a blank, or as a
/// last resort between characters, never inside one.
/// </summary>
internal static class DocumentBlocks
{
    /// <summary>The longest block, in UTF-16 characters; about 200 words.</summary>
    public const int MaxLength = 1200;

    private const string SentenceEnds = ".!?。！？؟।";

    public static ReadSource Read(string text)
    {
        var blocks = new List<SourceBlock>();
        var heading = -1;
        foreach (var (start, end) in Paragraphs(text))
        {
            var from = heading >= 0 && end - heading <= MaxLength ? heading : start;
            heading = -1;
            if (from == start && IsHeading(text.AsSpan(start, end - start)))
            {
                heading = start;
                blocks.Add(new SourceBlock(start, end - start));
                continue;
            }

            if (from < start)
            {
                blocks.RemoveAt(blocks.Count - 1);
            }

            Cut(text, from, end, blocks);
        }

        return new ReadSource(text, blocks, []);
    }

    private static bool IsHeading(ReadOnlySpan<char> paragraph) =>
        !paragraph.Contains('\n') && paragraph.Length <= 120 && (paragraph[0] == '#' || !SentenceEnds.Contains(paragraph[^1]) && paragraph.Length <= 60);

    private static IEnumerable<(int Start, int End)> Paragraphs(string text)
    {
        int start = -1, end = 0;
        for (var at = 0; at < text.Length;)
        {
            var stop = text.IndexOf('\n', at);
            stop = stop < 0 ? text.Length : stop;
            var line = text[at..stop];
            if (string.IsNullOrWhiteSpace(line))
            {
                if (start >= 0)
                {
                    yield return (start, end);
                }

                start = -1;
            }
            else
            {
                if (start >= 0 && text[start] == '#' && text.IndexOf('\n', start, end - start) < 0 || start >= 0 && line.TrimStart()[0] == '#')
                {
                    yield return (start, end);
                    start = -1;
                }

                start = start < 0 ? at + (line.Length - line.TrimStart().Length) : start;
                end = at + line.TrimEnd().Length;
            }

            at = stop + 1;
        }

        if (start >= 0)
        {
            yield return (start, end);
        }
    }

    private static void Cut(string text, int start, int end, List<SourceBlock> blocks)
    {
        while (end - start > MaxLength)
        {
            var stop = start + CutAt(text.AsSpan(start, MaxLength));
            Add(text, start, stop, blocks);
            start = stop;
        }

        Add(text, start, end, blocks);
    }

    private static int CutAt(ReadOnlySpan<char> window)
    {
        const int least = MaxLength / 3;
        var line = window.LastIndexOf('\n');
        if (line >= least)
        {
            return line + 1;
        }

        var sentence = window[..^1].LastIndexOfAny(SentenceEnds);
        if (sentence >= least)
        {
            return sentence + 1;
        }

        var blank = window.LastIndexOf(' ');
        return blank >= least ? blank + 1 : char.IsHighSurrogate(window[^1]) ? window.Length - 1 : window.Length;
    }

    private static void Add(string text, int start, int end, List<SourceBlock> blocks)
    {
        var words = text.AsSpan(start, end - start);
        var lead = words.Length - words.TrimStart().Length;
        if (words.Trim().Length > 0)
        {
            blocks.Add(new SourceBlock(start + lead, words.Trim().Length));
        }
    }
}
