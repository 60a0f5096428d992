using MemU.Text;

namespace MemU.Reasoning.Offline;

/// <summary>
/// Says in one line what a source is about, in its own words: who speaks and when, or the title; the most telling sentence; and words
/// that come up often, while there is room.
/// </summary>
internal static class Captioner
{
    /// <summary>The longest caption, in UTF-16 characters.</summary>
    public const int MaxLength = 200;

    private const int MostSpeakers = 4;
    private const int MostWords = 6;
    private const int StatementsRead = 2_000;

    /// <summary>The caption; null only when there is no text at all.</summary>
    public static string? Caption(IReadOnlyList<Passage> passages)
    {
        if (!passages.Any(p => !string.IsNullOrWhiteSpace(p.Text)))
        {
            return null;
        }

        var statements = Statement.Read(passages);
        var names = Speaker.NameWords(passages);
        Statement[] all = [.. statements.SelectMany(s => s).Take(StatementsRead)];
        if (all.Length == 0)
        {
            return Cut(ItemText.Line(passages.First(p => !string.IsNullOrWhiteSpace(p.Text)).Text), MaxLength);
        }

        var isDocument = passages.All(p => p.Role is null);
        var title = isDocument ? statements.SelectMany(s => s.Take(1).Where(h => DocumentGroups.IsHeading(h, s))).FirstOrDefault() : null;
        var lead = isDocument ? (title is null ? "" : ItemText.Heading(title)) : WhoAndWhen(passages);
        var counts = all.SelectMany(s => s.Terms).CountBy(t => t).ToDictionary();
        var best = all.Where(s => s != title).OrderByDescending(s => Centrality(s, counts, names)).FirstOrDefault();
        var caption = best is null ? lead : lead.Length == 0 ? ItemText.Line(best.Text) : $"{lead}: {ItemText.Line(best.Text)}";
        return WithWords(Cut(caption.Length == 0 ? ItemText.Line(all[0].Text) : caption, MaxLength), all, counts, names);
    }

    private static string WhoAndWhen(IReadOnlyList<Passage> passages)
    {
        string[] speakers = [.. passages.Select(Speaker.Label).OfType<string>().Distinct()];
        var who = string.Join(", ", speakers.Take(MostSpeakers)) + (speakers.Length > MostSpeakers ? ", …" : "");
        DateOnly[] days = [.. passages.Select(Speaker.Day).OfType<DateOnly>()];
        var when = days.Length == 0 ? "" : days.Min() == days.Max() ? DateMention.Day(days.Min()) : $"{DateMention.Day(days.Min())} – {DateMention.Day(days.Max())}";
        return when.Length == 0 ? who : who.Length == 0 ? when : $"{Cut(who, MaxLength / 2)} ({when})";
    }

    // A sentence that tells something in words that come up elsewhere too.
    private static double Centrality(Statement statement, Dictionary<string, int> counts, IReadOnlySet<string> names)
    {
        var value = Telling.Value(statement, names);
        if (value <= 0)
        {
            return value - 1;
        }

        var terms = statement.Terms.Where(t => !EverydayWords.Contains(t)).Distinct().ToArray();
        var shared = terms.Sum(t => Math.Log(counts[t]));
        return ((1.5 * value) + (0.5 * shared)) / Math.Sqrt(Math.Max(statement.Text.Length, 80));
    }

    private static string WithWords(string caption, Statement[] statements, Dictionary<string, int> counts, IReadOnlySet<string> names)
    {
        var known = TextAnalyzer.Terms(caption).ToHashSet();
        var words = new List<string>();
        var room = MaxLength - caption.Length - 3;
        foreach (var (term, word) in Candidates(statements, names).OrderByDescending(c => counts[c.Term]).ThenBy(c => c.Order).Select(c => (c.Term, c.Word)))
        {
            if (words.Count == MostWords || counts[term] < 2 || room < word.Length + 2)
            {
                break;
            }

            if (known.Add(term))
            {
                words.Add(word);
                room -= word.Length + 2;
            }
        }

        return words.Count == 0 ? caption : $"{caption} ({string.Join(", ", words)})";
    }

    private static IEnumerable<(string Term, string Word, int Order)> Candidates(Statement[] statements, IReadOnlySet<string> names)
    {
        var seen = new HashSet<string>();
        var order = 0;
        foreach (var statement in statements.Where(s => !SmallTalk.IsAll(s.Tokens, names)))
        {
            foreach (var token in statement.Tokens.Where(t => statement.IsEnglish || !FunctionWords.Contains(t.Text)))
            {
                var term = token.Kind == TokenKind.Word && token.Text.Length > 2 && !StopWords.Contains(token.Text) ? TextAnalyzer.Stem(token.Text) : null;
                if (term is not null && !EverydayWords.Contains(term) && !SmallTalk.IsWord(token.Text) && !names.Contains(token.Text) && seen.Add(term))
                {
                    yield return (term, statement.Text.Substring(token.Start, token.Length), order++);
                }
            }
        }
    }

    /// <summary>The text, or as much of it as fits, up to a blank where there is one.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        var blank = text.LastIndexOf(' ', end - 1);
        end = blank > length / 2 ? blank : char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
        return text[..end].TrimEnd(' ', ',', ';', ':', '-') + "…";
    }
}
