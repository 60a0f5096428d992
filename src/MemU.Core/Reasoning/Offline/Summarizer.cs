using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Keeps the page of a category: free text that stood on it first, then a list of items, the newest first. Lines of items that are no
/// longer true go; what is said twice is said once; what no longer fits goes from the end.
/// </summary>
internal static class Summarizer
{
    private const string Bullet = "- ";

    /// <summary>The new pages; a category of which nothing is left is not among them.</summary>
    public static IReadOnlyList<CategorySummary> Summarize(SummarizeRequest request) =>
        [.. request.Categories.Select(c => new CategorySummary(c.CategoryId, Page(c, request.TargetLength))).Where(s => s.Summary.Length > 0)];

    private static string Page(CategoryUpdate update, int targetLength)
    {
        var removed = update.RemovedItems.Select(Key).ToHashSet();
        var seen = new HashSet<string>(removed);
        var (free, items) = Split(update.Summary ?? "", removed);
        string[] lines = [.. update.NewItems.Reverse().Select(ItemText.Line).Concat(items).Where(l => l.Length > 0 && seen.Add(Key(l)))];

        // free text keeps at least half of the room, because nobody could write it again
        var wordsOfItems = lines.Sum(Words);
        var roomOfFree = Math.Max(targetLength / 2, targetLength - wordsOfItems);
        var kept = Fit(free, roomOfFree);
        var list = Fit(lines, targetLength - kept.Sum(Words));
        if (list.Count == 0 && lines.Length > 0)
        {
            list.Add(lines[0]);
        }

        var page = string.Join('\n', kept).Trim('\n');
        var bullets = string.Join('\n', list.Select(l => Bullet + l));
        return page.Length == 0 ? bullets : bullets.Length == 0 ? page : page + "\n\n" + bullets;
    }

    // The list of items is the run of bullets at the end; what stands above it is somebody's text.
    private static (List<string> Free, List<string> Items) Split(string summary, HashSet<string> removed)
    {
        List<string> lines = [.. summary.ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length == 0 || !removed.Contains(Key(l)))];
        var start = lines.Count;
        while (start > 0 && (lines[start - 1].Length == 0 || lines[start - 1].StartsWith(Bullet, StringComparison.Ordinal)))
        {
            start--;
        }

        List<string> items = [.. lines.Skip(start).Where(l => l.Length > 0).Select(l => l[Bullet.Length..].Trim())];
        lines.RemoveRange(start, lines.Count - start);
        return (lines, items);
    }

    private static List<string> Fit(IReadOnlyList<string> lines, int words)
    {
        var kept = new List<string>();
        foreach (var line in lines)
        {
            words -= Words(line);
            if (words < 0)
            {
                break;
            }

            kept.Add(line);
        }

        return kept;
    }

    // In scripts without blanks two characters count as a word.
    private static int Words(string line) =>
        Tokenizer.Read(line).Sum(t => t.Kind switch { TokenKind.Whole => 0, TokenKind.Unspaced => (t.Text.Length + 1) / 2, _ => 1 });

    private static string Key(string line) => ItemText.Line(line).TrimStart('-', '*', '•', ' ').TrimEnd(' ', '.').ToUpperInvariant();
}
